/** How something stands in the versions that a script may meet. */
import type { Library } from "../environment/versions.js";
import type { Releases } from "./releases.js";

/** What one release says: it has it, hasn't, or its sources don't tell. */
export type Verdict = "yes" | "no" | "unknown";

export interface Standing {
  /** Over the versions that the script may meet. `unknown` also where they are older than the data. */
  readonly in: "all" | "none" | "some" | "unknown";
  /** Whether any stored release has it. */
  readonly ever: boolean;
  /** Whose versions decide. */
  readonly library: Library;
  /** The stored releases that have it, as PEP 440 text; undefined for none. */
  readonly present: string | undefined;
  /** The stored releases that certainly don't have it, as PEP 440 text; undefined for none. */
  readonly absent: string | undefined;
  /** The first stored release that has it; undefined if that is the oldest one stored, or none. */
  readonly since: string | undefined;
  /** The first stored release that is certainly without it, where that follows the last with it. */
  readonly until: string | undefined;
  /** What the newest version says that the script may meet. */
  readonly newest: Verdict;
  /** Where the versions that the script may meet lie to those that have it; undefined where some of them have it, or none ever did. */
  readonly side: "before" | "after" | "between" | undefined;
}

/**
 * @param verdict what a stored release (by index) says.
 * @param met the stored releases that the script may meet.
 */
export function standingOf(library: Library, releases: Releases, met: readonly number[], verdict: (release: number) => Verdict): Standing {
  const verdicts = releases.texts.map((_, release) => verdict(release));
  const having = releases.all.filter((release) => verdicts[release] === "yes");
  const lacking = releases.all.filter((release) => verdicts[release] === "no");
  const first = having[0];
  const last = having.at(-1);
  return {
    in: summary(met.map((release) => verdicts[release] ?? "unknown")),
    ever: having.length > 0,
    library,
    present: releases.rangeText(having),
    absent: releases.rangeText(lacking),
    since: first === undefined || first === 0 ? undefined : releases.texts[first],
    until: last === undefined || verdicts[last + 1] !== "no" ? undefined : releases.texts[last + 1],
    newest: verdicts[met.at(-1) ?? -1] ?? "unknown",
    side: sideOf(having, met),
  };
}

/** The first release from which on it is certainly gone for good; undefined where the newest one has it, or doesn't tell. */
export function goneSince({ until, newest, absent, side }: Standing): string | undefined {
  // Gone for a while: what came back later has no end to be told.
  if (side === "between") return undefined;
  return until ?? (newest === "no" ? absent?.split(" || ").at(-1)?.replace(/^>=|,.*$/g, "") : undefined);
}

function sideOf(having: readonly number[], met: readonly number[]): Standing["side"] {
  const [first, last] = [having[0], having.at(-1)];
  const [oldest, newest] = [met[0], met.at(-1)];
  if (first === undefined || last === undefined || oldest === undefined || newest === undefined) return undefined;
  if (met.some((release) => having.includes(release))) return undefined;
  return newest < first ? "before" : oldest > last ? "after" : "between";
}

/** Over several releases. One that doesn't tell leaves the others' "some", but no "all" and no "none". */
export function summary(verdicts: readonly Verdict[]): Standing["in"] {
  const has = verdicts.includes("yes");
  const lacks = verdicts.includes("no");
  if (has && lacks) return "some";
  if (verdicts.length === 0 || verdicts.includes("unknown")) return "unknown";
  return has ? "all" : "none";
}
