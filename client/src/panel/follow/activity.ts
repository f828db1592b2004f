/** When a run last gave a sign of life: what tells a hang from a long computation. */
import { HANG_AFTER_MS, hangSentence } from "../../../../runner/src/output/hang.js";
import type { GpuSample } from "../../../../runner/src/record.js";

export class ActivityWatch {
  #silentSince: Date;
  #utilisation: { readonly at: Date; readonly percent: number | null }[] = [];

  constructor(started: Date) {
    this.#silentSince = started;
  }

  /** The script has written something. */
  wrote(at: Date): void {
    if (at > this.#silentSince) this.#silentSince = at;
  }

  /** @param gpus those of the run; empty: all */
  sample({ t, gpus: readings }: GpuSample, gpus: readonly string[]): void {
    const at = new Date(t);
    const percents = readings.filter(({ uuid }) => gpus.length === 0 || gpus.includes(uuid)).map(({ utilisation }) => utilisation);
    // A GPU that doesn't tell may be busy.
    const percent = percents.length === 0 || percents.includes(null) ? null : Math.max(...percents.map((each) => each ?? 0));
    this.#utilisation.push({ at, percent });
    const old = at.getTime() - 2 * HANG_AFTER_MS;
    if ((this.#utilisation[0]?.at.getTime() ?? 0) < old) this.#utilisation = this.#utilisation.filter((each) => each.at.getTime() >= old + HANG_AFTER_MS / 2);
  }

  /** The sentence that says that it may hang, or undefined. */
  hang(now: Date): string | undefined {
    return hangSentence({ silentSince: this.#silentSince, now, utilisation: this.#utilisation });
  }
}
