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
  /** The first stored release without it, after the last with it. */
  readonly until: string | undefined;
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
    until: last === undefined ? undefined : releases.texts[last + 1],
  };
}

/** Over several releases. One that doesn't tell leaves the others' "some", but no "all" and no "none". */
export function summary(verdicts: readonly Verdict[]): Standing["in"] {
  const has = verdicts.includes("yes");
  const lacks = verdicts.includes("no");
  if (has && lacks) return "some";
  if (verdicts.length === 0 || verdicts.includes("unknown")) return "unknown";
  return has ? "all" : "none";
}
