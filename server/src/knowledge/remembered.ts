/** What a function of a name gives, remembered: scripts say the same few thousand names again and again. */

/** Beyond so many names what is remembered is let go, so that a process that lives for weeks doesn't grow with every script that it sees. */
export const MOST_NAMES = 20_000;

export class Remembered<Result> {
  private readonly known = new Map<string, Result>();

  /** @param work depends on nothing but the name. */
  constructor(private readonly work: (name: string) => Result) {}

  get(name: string): Result {
    let result = this.known.get(name);
    if (result === undefined && !this.known.has(name)) {
      if (this.known.size >= MOST_NAMES) this.known.clear();
      result = this.work(name);
      this.known.set(name, result);
    }
    return result as Result;
  }
}
