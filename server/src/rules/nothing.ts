/** Values that stand for nothing, and those that certainly don't. */
import type { Value } from "../script/values.js";

/** Whether a value is certainly a written None. */
export function isNone(value: Value): boolean {
  return value.kind === "literal" && value.type === "none";
}

/** Whether a value is certainly not given, or given as None. */
export function isNothing(value: Value): boolean {
  return value.kind === "absent" || isNone(value);
}

const THINGS: ReadonlySet<Value["kind"]> = new Set(["literal", "sequence", "record", "reference", "function", "class", "instance"]);

/** Whether a value is certainly something other than None: `cfg.peft`, a parameter and what a helper returns may be None. */
export function isGiven(value: Value): boolean {
  return THINGS.has(value.kind) && !isNone(value);
}
