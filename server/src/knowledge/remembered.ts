/** What a function of a name gives, remembered: scripts say the same few thousand names again and again. */
import type { Versions } from "../environment/versions.js";

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

/** So many sets of versions: those of a few environments, narrowed by the branches of their scripts. */
const MOST_VERSIONS = 64;

/** The same of a name and the versions that a script may meet. */
export class RememberedByVersions<Result> {
  private readonly known = new Map<string, Remembered<Result>>();

  /** @param work depends on nothing but the name and the versions. */
  constructor(private readonly work: (name: string, versions: Versions) => Result) {}

  get(name: string, versions: Versions): Result {
    let known = this.known.get(versions.key);
    if (!known) {
      if (this.known.size >= MOST_VERSIONS) this.known.clear();
      this.known.set(versions.key, (known = new Remembered((each) => this.work(each, versions))));
    }
    return known.get(name);
  }
}
