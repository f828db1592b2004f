/** Whether a rule repairs what it finds, told by what it offers for the examples of its own page. */
import type { Finding, Fix } from "../analysis/finding.js";
import type { Rule, RuleExample } from "../analysis/rule.js";

export type OfferedFix = Fix["safety"] | "none";

const BEST_FIRST: readonly Fix["safety"][] = ["safe", "unsafe", "placeholder"];

/** @param check the rule's findings in an example's bad script, at the versions and with the files that it assumes. */
export function offeredFix({ docs }: Rule, check: (example: RuleExample) => readonly Finding[]): OfferedFix {
  const offered = docs.examples.flatMap((example) => check(example).flatMap(({ fixes }) => fixes.map(({ safety }) => safety)));
  return BEST_FIRST.find((safety) => offered.includes(safety)) ?? "none";
}
