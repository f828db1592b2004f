/** What becomes of a keyword that is given to a callable of which the data know. */
import type { Versions } from "../../environment/versions.js";
import type { Callable } from "../../knowledge/callable.js";
import { RememberedByVersions } from "../../knowledge/remembered.js";
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

const verdicts = new WeakMap<Callable, RememberedByVersions<Verdict | undefined>>();

/** What becomes of a keyword, remembered: a script says the same few names again and again. */
export function verdictOf(callable: Callable, name: string, versions: Versions): Verdict | undefined {
  if (callable.isAlwaysTaken(name)) return undefined;
  let known = verdicts.get(callable);
  if (!known) verdicts.set(callable, (known = new RememberedByVersions((keyword, met) => workOut(callable, keyword, met))));
  return known.get(name, versions);
}

function workOut(callable: Callable, name: string, versions: Versions): Verdict | undefined {
  const standing = callable.accepts(name, versions);
  const fate = fateOf(standing, callable, name, versions);
  return fate && { fate, standing };
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
