/** Runs of one action, never two at once. Knows nothing of the editor. */

/**
 * While a run is under way, all further calls share one more run, which begins after it: the last call's wish is always met by a run that
 * began after the call, and a hundred calls cost two runs.
 */
export class Serialised {
  #running: Promise<void> | undefined;
  #queued: Promise<void> | undefined;

  constructor(private readonly action: () => Promise<void>) {}

  run(): Promise<void> {
    if (this.#running === undefined) return this.#start();
    this.#queued ??= this.#after(this.#running);
    return this.#queued;
  }

  #start(): Promise<void> {
    this.#running = this.action().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #after(running: Promise<void>): Promise<void> {
    // A failed run was reported to its own callers; the next one starts all the same.
    await running.catch(() => undefined);
    this.#queued = undefined;
    await this.#start();
  }
}
