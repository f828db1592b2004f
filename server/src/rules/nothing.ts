/** Values that stand for nothing. */
import type { Value } from "../script/values.js";

/** Whether a value is certainly a written None. */
export function isNone(value: Value): boolean {
  return value.kind === "literal" && value.type === "none";
}

/** Whether a value is certainly not given, or given as None. */
export function isNothing(value: Value): boolean {
  return value.kind === "absent" || isNone(value);
}
