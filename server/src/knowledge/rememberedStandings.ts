/** How names stand in the releases that scripts may meet, remembered: the same few are asked for again and again. */
import { MOST_NAMES } from "./remembered.js";
import type { Standing } from "./standing.js";

export class RememberedStandings {
  /** By the list of releases: a set of versions always gives the same one. */
  private readonly byReleases = new WeakMap<readonly number[], Map<string, Standing>>();

  /** @param key says what it is that stands so. */
  get(met: readonly number[], key: string, workOut: () => Standing): Standing {
    let known = this.byReleases.get(met);
    if (!known) this.byReleases.set(met, (known = new Map()));
    let standing = known.get(key);
    if (!standing) {
      if (known.size >= MOST_NAMES) known.clear();
      known.set(key, (standing = workOut()));
    }
    return standing;
  }
}
