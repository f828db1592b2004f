/** A run's clock: it goes on where the machine's clock is set back, and says where that was set forward or stood still. */

export interface TimeSource {
  /** Milliseconds since 1970, by the clock that people set. */
  wall(): number;
  /** Milliseconds, by a clock that only goes forward. */
  monotonic(): number;
}

export const systemTime: TimeSource = { wall: () => Date.now(), monotonic: () => performance.now() };

/** Clocks are corrected by less than this all the time. Milliseconds. */
const A_JUMP = 5_000;

export class RunClock {
  private readonly begin: number;
  private last: { wall: number; monotonic: number };
  private readonly jumps: string[] = [];

  constructor(private readonly source: TimeSource = systemTime) {
    this.begin = source.monotonic();
    this.last = { wall: source.wall(), monotonic: this.begin };
  }

  /** Never before what it said last. */
  now(): Date {
    const monotonic = this.source.monotonic();
    const wall = this.source.wall();
    const expected = this.last.wall + (monotonic - this.last.monotonic);
    if (wall - expected > A_JUMP) this.jumps.push(`The machine slept, or its clock was set forward by ${Math.round((wall - expected) / 1000)} s.`);
    this.last = { wall: Math.round(Math.max(wall, expected)), monotonic };
    return new Date(this.last.wall);
  }

  /** ISO 8601, UTC. */
  stamp(): string {
    return this.now().toISOString();
  }

  /** Seconds since the clock was made, whatever was set meanwhile. */
  seconds(): number {
    return Math.round(this.source.monotonic() - this.begin) / 1000;
  }

  /** What has happened to the machine's clock since this was asked last, as sentences. */
  takeJumps(): string[] {
    return this.jumps.splice(0);
  }
}
