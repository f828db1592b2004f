/** Puts several values together as they can be together on one way through the script. */
import { ALWAYS, both, type Conditions } from "./conditions.js";
import type { Value } from "./values.js";

/** More ways than this and the answer is "unknown": nobody reads that many branches, and time is short while typing. */
const MOST_COMBINATIONS = 64;

export interface Combination<Names extends string> {
  readonly values: Readonly<Record<Names, Exclude<Value, { kind: "oneOf" }>>>;
  readonly conditions: Conditions;
}

/** Every consistent choice of one alternative per value; undefined when there are too many to go through. */
export function combinationsOf<Names extends string>(values: Readonly<Record<Names, Value>>): Combination<Names>[] | undefined {
  let combinations: { values: Record<string, Value>; conditions: Conditions }[] = [{ values: {}, conditions: ALWAYS }];
  for (const [name, value] of Object.entries(values) as [Names, Value][]) {
    const alternatives = value.kind === "oneOf" ? value.alternatives : [{ value, conditions: ALWAYS }];
    const extended: typeof combinations = [];
    for (const combination of combinations) {
      for (const alternative of alternatives) {
        const conditions = both(combination.conditions, alternative.conditions);
        if (conditions) extended.push({ values: { ...combination.values, [name]: alternative.value }, conditions });
      }
    }
    if (extended.length > MOST_COMBINATIONS) return undefined;
    combinations = extended;
  }
  return combinations as unknown as Combination<Names>[];
}
