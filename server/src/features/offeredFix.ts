/** Whether a rule repairs what it finds, told by what it offers for the examples of its own page. */
import type { Finding, Fix } from "../analysis/finding.js";
import type { Rule } from "../analysis/rule.js";

export type OfferedFix = Fix["safety"] | "none";

const BEST_FIRST: readonly Fix["safety"][] = ["safe", "unsafe", "placeholder"];

/** @param check the rule's findings in a text, at the versions that the example assumes. */
export function offeredFix({ docs }: Rule, check: (text: string, versions: Readonly<Record<string, string>>) => readonly Finding[]): OfferedFix {
  const offered = docs.examples.flatMap(({ bad, versions = {} }) => check(bad, versions).flatMap(({ fixes }) => fixes.map(({ safety }) => safety)));
  return BEST_FIRST.find((safety) => offered.includes(safety)) ?? "none";
}
