/**
 * Under which decisions a value or an event comes about.
 *
 * A decision has a key; two places that depend on the same flag share it, so that what two branches say can be put together
 * only where they can be taken together.
 */

/** One decision taken one way. */
export interface Condition {
  readonly key: string;
  readonly holds: boolean;
  /** Of a test `subject == value` with a literal: no two values can be taken together. */
  readonly equals?: { readonly subject: string; readonly value: string };
}

export type Conditions = readonly Condition[];

export const ALWAYS: Conditions = [];

/** Both sets of decisions together, or undefined when they contradict each other. */
export function both(a: Conditions, b: Conditions): Conditions | undefined {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged = [...a];
  for (const condition of b) {
    const same = merged.find((other) => other.key === condition.key);
    if (same && same.holds !== condition.holds) return undefined;
    if (merged.some((other) => areDifferentValues(other, condition))) return undefined;
    if (!same) merged.push(condition);
  }
  return merged;
}

/** `mode == "a"` and `mode == "b"`, of the same variable. */
function areDifferentValues(a: Condition, b: Condition): boolean {
  return a.holds && b.holds && a.equals !== undefined && a.equals.subject === b.equals?.subject && a.equals.value !== b.equals.value;
}
