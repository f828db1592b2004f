/**
 * Puts the lines of the GPU query together into rounds. Nothing separates them, so a round is complete when as many GPUs as last time have
 * answered, when one answers again, or when it has been quiet for a while.
 */
import { lostSentence, type GpuLine } from "./gpuLine.js";
import type { GpuReading } from "./model.js";

export class GpuRounds {
  private current: GpuLine[] = [];
  private previous: GpuLine[] = [];
  /** Every GPU that has ever answered, as it last was. */
  private readonly known = new Map<number, GpuReading>();

  /** Takes a line; gives the rounds that it completes. */
  push(line: GpuLine): GpuReading[][] {
    const rounds: GpuReading[][] = [];
    const index = indexOf(line);
    const last = this.current.at(-1);
    if (last && index <= indexOf(last)) rounds.push(...this.flush());
    else if (!last && this.previous.length > 0 && index > Math.max(...this.previous.map(indexOf))) {
      // A GPU more than last time: the round that seemed complete wasn't.
      this.current = this.previous;
    }
    this.current.push(line);
    if (this.previous.length > 0 && this.current.length >= this.previous.length) rounds.push(...this.flush());
    return rounds;
  }

  /** Gives what has come of a round, when nothing more seems to come. */
  flush(): GpuReading[][] {
    if (this.current.length === 0) return [];
    const readings = new Map<number, GpuReading>();
    for (const line of this.current) {
      const before = this.known.get(indexOf(line));
      if (line.kind === "reading") readings.set(line.reading.index, line.reading);
      else if (before) readings.set(line.index, silent(before, line.problem));
    }
    for (const [index, before] of this.known) if (!readings.has(index)) readings.set(index, silent(before, lostSentence(index, "nvidia-smi has stopped listing it")));
    for (const [index, reading] of readings) this.known.set(index, reading);
    this.previous = this.current;
    this.current = [];
    return [[...readings.values()].sort((a, b) => a.index - b.index)];
  }

  /** Forgets a round that was begun: its process has ended. The GPUs stay known, so that a missing one is missed. */
  restart(): void {
    this.current = [];
    this.previous = [];
  }
}

function indexOf(line: GpuLine): number {
  return line.kind === "reading" ? line.reading.index : line.index;
}

/** A GPU that gives no figures any more. */
function silent(reading: GpuReading, problem: string): GpuReading {
  return { ...reading, memoryUsedMib: null, utilisation: null, temperature: null, power: null, problem };
}
