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
    if (!same) merged.push(condition);
    else if (same.holds !== condition.holds) return undefined;
  }
  return merged;
}
