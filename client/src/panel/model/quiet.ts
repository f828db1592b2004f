/** Notices that a run has been silent and idle for a long time. It is said, and never acted on. */
import type { GpuSample } from "../../../../runner/src/record.js";

/** Without output and with less than `busy` % of GPU use for so long, a training hangs more often than it thinks. */
const longQuiet = 10 * 60_000;
const busy = 5;

export class QuietWatch {
  #lastSign: number;
  #sampled = false;

  constructor(started: Date) {
    this.#lastSign = started.getTime();
  }

  /** The script has written something. */
  wrote(at: Date): void {
    this.#lastSign = Math.max(this.#lastSign, at.getTime());
  }

  sample(sample: GpuSample): void {
    const uses = sample.gpus.map((gpu) => gpu.utilisation);
    // A GPU that doesn't tell may be busy.
    if (uses.length === 0 || uses.includes(null)) return;
    this.#sampled = true;
    if (uses.some((use) => (use ?? 0) >= busy)) this.wrote(new Date(sample.t));
  }

  /** Whole minutes of silence, or undefined while there is nothing to say. */
  minutes(now: Date): number | undefined {
    const quiet = now.getTime() - this.#lastSign;
    return this.#sampled && quiet >= longQuiet ? Math.floor(quiet / 60_000) : undefined;
  }
}
