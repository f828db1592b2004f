/** What becomes of a keyword that is given to a callable of which the data know. */
import type { Versions } from "../../environment/versions.js";
import type { Callable } from "../../knowledge/callable.js";
import type { Standing } from "../../knowledge/standing.js";

export type Fate =
  /** Older versions take it, the newest that the script may meet doesn't. */
  | "removed"
  /** Only versions take it that are newer than all that the script may meet. */
  | "not yet"
  /** No version ever took it. */
  | "never"
  /** Taken, with a warning. */
  | "deprecated"
  /** Taken, and no longer read. */
  | "ignored";

export interface Verdict {
  readonly fate: Fate;
  readonly standing: Standing;
}

const verdicts = new WeakMap<Callable, Map<string, Map<string, Verdict | undefined>>>();

/** What becomes of a keyword, remembered: a script says the same few names again and again. */
export function verdictOf(callable: Callable, name: string, versions: Versions): Verdict | undefined {
  if (callable.isAlwaysTaken(name)) return undefined;
  let byVersions = verdicts.get(callable);
  if (!byVersions) verdicts.set(callable, (byVersions = new Map()));
  let byName = byVersions.get(versions.key);
  if (!byName) byVersions.set(versions.key, (byName = new Map()));
  if (!byName.has(name)) {
    const standing = callable.accepts(name, versions);
    const fate = fateOf(standing, callable, name, versions);
    byName.set(name, fate && { fate, standing });
  }
  return byName.get(name);
}

function fateOf(standing: Standing, callable: Callable, name: string, versions: Versions): Fate | undefined {
  switch (standing.in) {
    case "unknown":
      return undefined;
    case "all":
      return callable.isDeprecated(name, versions) ? "deprecated" : undefined;
    case "some":
      // What only older versions lack is no mistake: the newest one is what an open version gets.
      return standing.newest === "no" ? "removed" : undefined;
    case "none":
      if (!standing.ever) return "never";
      return standing.side === "before" ? "not yet" : "removed";
  }
}
