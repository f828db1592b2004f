/** What an expression comes to once the lengths of the datasets in it are known. */
import { operationOf } from "./divisions.js";
import { roundHalfEven, rowsOf } from "./rows.js";
import type { Script } from "./script.js";
import { numberOf, type Value } from "./values.js";

const DEEPEST = 16;

/** A number that is literal, or computed of literals and of `len()` of data whose number of rows is known; else undefined. */
export function computedNumber(script: Script, value: Value, depth = 0): number | undefined {
  const known = numberOf(value);
  if (known !== undefined || depth > DEEPEST) return known;
  if (value.kind === "call") {
    const { call } = value;
    const [first, ...more] = call.positional;
    if (!first || call.keywords.size > 0 || call.isOpen) return undefined;
    if (call.name === "builtins.len") return more.length === 0 ? rowsOf(script, first.value) : undefined;
    const numbers = [first, ...more].map((argument) => computedNumber(script, argument.value, depth + 1));
    const [a] = numbers;
    if (a === undefined || numbers.some((number) => number === undefined)) return undefined;
    const all = numbers.flatMap((number) => number ?? []);
    switch (call.name) {
      case "builtins.max":
        return Math.max(...all);
      case "builtins.min":
        return Math.min(...all);
      case "builtins.round":
        return more.length === 0 ? roundHalfEven(a) : undefined;
      case "builtins.int":
      case "math.trunc":
        return Math.trunc(a);
      case "builtins.float":
        return a;
      case "math.ceil":
        return Math.ceil(a);
      case "math.floor":
        return Math.floor(a);
      default:
        return undefined;
    }
  }
  const operation = operationOf(value);
  const [left, right] = (operation?.operands ?? []).map((operand) => computedNumber(script, operand, depth + 1));
  if (!operation || left === undefined) return undefined;
  if (operation.operands.length === 1) return operation.operator === "-" ? -left : undefined;
  if (right === undefined) return undefined;
  switch (operation.operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? undefined : left / right;
    case "//":
      return right === 0 ? undefined : Math.floor(left / right);
    default:
      return undefined;
  }
}
