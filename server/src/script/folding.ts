/** Arithmetic, comparison and string building on known values, as Python does it. */
import type { Node } from "../syntax/flatTree.js";
import { showNumber } from "./literals.js";
import { isSame, numberOf, stringOf, truthOf, type Literal, type LiteralType, type Value } from "./values.js";

export function literal(type: LiteralType, value: Literal["value"], origin: Node): Literal {
  return { kind: "literal", type, value, origin };
}

function number(value: number, isFloat: boolean, origin: Node): Literal | undefined {
  if (Number.isNaN(value) || (!isFloat && !Number.isSafeInteger(value))) return undefined;
  return literal(isFloat ? "float" : "int", value, origin);
}

/** A binary operator on two known operands; undefined where the result isn't known, or where Python would raise. */
export function foldBinary(operator: string, left: Value, right: Value, origin: Node): Value | undefined {
  const a = numeric(left);
  const b = numeric(right);
  if (a && b) return foldNumbers(operator, a, b, origin);
  const text = stringOf(left);
  const other = stringOf(right);
  if (operator === "+" && text !== undefined && other !== undefined) return literal("str", text + other, origin);
  if (operator === "*" && text !== undefined && b && !b.isFloat && b.value < 1000) return literal("str", text.repeat(Math.max(0, b.value)), origin);
  if (operator === "+" && left.kind === "sequence" && right.kind === "sequence" && left.type === right.type) {
    return { kind: "sequence", type: left.type, items: [...left.items, ...(left.open ? [] : right.items)], open: left.open || right.open, origin };
  }
  if (operator === "|" && left.kind === "record" && right.kind === "record") {
    return { kind: "record", entries: new Map([...left.entries, ...right.entries]), open: left.open || right.open, origin };
  }
  return undefined;
}

interface Numeric {
  readonly value: number;
  readonly isFloat: boolean;
}

function numeric(value: Value): Numeric | undefined {
  if (value.kind === "literal" && value.type === "bool") return { value: value.value ? 1 : 0, isFloat: false };
  const known = numberOf(value);
  return known === undefined ? undefined : { value: known, isFloat: value.kind === "literal" && value.type === "float" };
}

function foldNumbers(operator: string, a: Numeric, b: Numeric, origin: Node): Literal | undefined {
  const isFloat = a.isFloat || b.isFloat;
  const [x, y] = [a.value, b.value];
  switch (operator) {
    case "+":
      return number(x + y, isFloat, origin);
    case "-":
      return number(x - y, isFloat, origin);
    case "*":
      return number(x * y, isFloat, origin);
    case "/":
      return y === 0 ? undefined : number(x / y, true, origin);
    case "//":
      return y === 0 ? undefined : number(Math.floor(x / y), isFloat, origin);
    case "%":
      return y === 0 ? undefined : number(pythonRemainder(x, y), isFloat, origin);
    case "**":
      return number(x ** y, isFloat || y < 0, origin);
    default:
      return undefined;
  }
}

/** Python's `%`: the remainder takes the divisor's sign. For positives it is IEEE's fmod, bit for bit, as JavaScript's `%`. */
export function pythonRemainder(x: number, y: number): number {
  const remainder = x % y;
  return remainder !== 0 && remainder < 0 !== y < 0 ? remainder + y : remainder;
}

export function foldUnary(operator: string, operand: Value, origin: Node): Value | undefined {
  const known = numeric(operand);
  if (!known) return undefined;
  if (operator === "-") return number(-known.value, known.isFloat, origin);
  if (operator === "+") return number(known.value, known.isFloat, origin);
  return operator === "~" && !known.isFloat ? number(~known.value, false, origin) : undefined;
}

export function foldComparison(operator: string, left: Value, right: Value, origin: Node): Value | undefined {
  const answer = compare(operator, left, right);
  return answer === undefined ? undefined : literal("bool", answer, origin);
}

function compare(operator: string, left: Value, right: Value): boolean | undefined {
  if (operator === "not in" || operator === "in") {
    const found = contains(right, left);
    return found === undefined ? undefined : found === (operator === "in");
  }
  if (left.kind !== "literal" || right.kind !== "literal") return undefined;
  switch (operator) {
    case "is":
    case "is not": {
      if (left.type !== "none" && right.type !== "none" && left.type !== "bool") return undefined;
      return isSame(left, right) === (operator === "is");
    }
    case "==":
    case "!=": {
      const a = numeric(left);
      const b = numeric(right);
      const equal = a && b ? a.value === b.value : left.type === right.type && left.value === right.value;
      return equal === (operator === "==");
    }
  }
  const a = numeric(left)?.value ?? stringOf(left);
  const b = numeric(right)?.value ?? stringOf(right);
  if (a === undefined || b === undefined || typeof a !== typeof b) return undefined;
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    default:
      return undefined;
  }
}

function contains(container: Value, item: Value): boolean | undefined {
  const text = stringOf(item);
  if (container.kind === "record" && text !== undefined) return container.entries.has(text) ? true : container.open ? undefined : false;
  if (stringOf(container) !== undefined && text !== undefined) return (stringOf(container) ?? "").includes(text);
  if (container.kind !== "sequence" || item.kind !== "literal") return undefined;
  if (container.items.some((each) => each.kind === "literal" && isSame(each, item))) return true;
  return container.open || container.items.some((each) => each.kind !== "literal") ? undefined : false;
}

/** What `str()` and an f-string's `{}` make of a value. */
export function textOf(value: Value): string | undefined {
  if (value.kind !== "literal") return undefined;
  switch (value.type) {
    case "str":
      return value.value as string;
    case "int":
    case "float":
      return showNumber(value.value as number, value.type);
    case "bool":
      return value.value ? "True" : "False";
    case "none":
      return "None";
    default:
      return undefined;
  }
}

/** Calls of builtins on known values; undefined where the result is not known. */
export function foldBuiltin(name: string, values: readonly Value[], origin: Node): Value | undefined {
  const [first, second] = values;
  switch (name) {
    case "str": {
      const text = first ? textOf(first) : "";
      return text === undefined ? undefined : literal("str", text, origin);
    }
    case "int": {
      if (!first || second) return undefined;
      const known = numeric(first)?.value ?? parseText(first, /^\s*[+-]?\d+\s*$/);
      return known === undefined ? undefined : number(Math.trunc(known), false, origin);
    }
    case "float": {
      if (!first) return undefined;
      const known = numeric(first)?.value ?? parseText(first, /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i);
      return known === undefined ? undefined : number(known, true, origin);
    }
    case "bool": {
      const truth = first && truthOf(first);
      return truth === undefined ? undefined : literal("bool", truth, origin);
    }
    case "len": {
      if (!first) return undefined;
      if (first.kind === "sequence" && !first.open) return number(first.items.length, false, origin);
      if (first.kind === "record" && !first.open) return number(first.entries.size, false, origin);
      const text = stringOf(first);
      return text === undefined ? undefined : number([...text].length, false, origin);
    }
    case "abs":
    case "round": {
      const known = first && numeric(first);
      if (!known || (name === "round" && second)) return undefined;
      return name === "abs" ? number(Math.abs(known.value), known.isFloat, origin) : number(roundHalfEven(known.value), false, origin);
    }
    case "min":
    case "max": {
      const known = values.map(numeric);
      if (known.length < 2 || known.some((each) => each === undefined)) return undefined;
      const numbers = known.map((each) => each?.value ?? 0);
      const chosen = name === "min" ? Math.min(...numbers) : Math.max(...numbers);
      return number(chosen, known[numbers.indexOf(chosen)]?.isFloat ?? false, origin);
    }
    default:
      return undefined;
  }
}

function parseText(value: Value, pattern: RegExp): number | undefined {
  const text = stringOf(value);
  return text !== undefined && pattern.test(text) ? Number(text) : undefined;
}

/** Python rounds halves to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
