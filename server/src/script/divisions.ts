/** What an expression is divided by: through names, products, rounding, and helper functions of the file. */
import { type Node } from "../syntax/flatTree.js";
import type { Operation, Value } from "./values.js";

/** One factor of a divisor. */
export interface Divisor {
  readonly value: Value;
  /** The factor's expression where it is written. */
  readonly node: Node;
  /** The division, or the product inside its divisor, of which the factor is an operand. */
  readonly operation: Operation;
  readonly side: "left" | "right";
}

/** Functions that change the size of a number by rounding or bounding it, not its meaning. */
const ROUNDING: ReadonlySet<string> = new Set(["builtins.round", "builtins.int", "builtins.float", "builtins.max", "builtins.min", "builtins.abs", "math.ceil", "math.floor", "math.trunc", "numpy.ceil", "numpy.floor", "numpy.round"]);

const DEEPEST = 12;

/** Every factor that a value is divided by, the outermost division first. */
export function divisorsOf(value: Value): Divisor[] {
  const found: Divisor[] = [];
  collect(value, found, 0);
  return found;
}

function collect(value: Value, found: Divisor[], depth: number): void {
  if (depth > DEEPEST) return;
  if (value.kind === "oneOf") return value.alternatives.forEach((alternative) => collect(alternative.value, found, depth + 1));
  if (value.kind === "call") {
    if (ROUNDING.has(value.call.name ?? "")) for (const argument of value.call.positional) collect(argument.value, found, depth + 1);
    return;
  }
  const operation = operationOf(value);
  if (!operation) return;
  const [left, right] = operation.operands;
  if (operation.operator === "/" || operation.operator === "//") {
    if (right) collectFactors(right, operation, "right", found, depth + 1);
    if (left) collect(left, found, depth + 1);
  } else if (["*", "+", "-"].includes(operation.operator)) {
    for (const operand of operation.operands) collect(operand, found, depth + 1);
  }
}

function collectFactors(value: Value, operation: Operation, side: "left" | "right", found: Divisor[], depth: number): void {
  if (depth > DEEPEST) return;
  const product = operationOf(value);
  const [left, right] = product?.operands ?? [];
  if (product?.operator === "*" && left && right) {
    collectFactors(left, product, "left", found, depth + 1);
    collectFactors(right, product, "right", found, depth + 1);
    return;
  }
  const node = operation.nodes[side === "left" ? 0 : 1];
  if (node !== undefined) found.push({ value, node, operation, side });
}

/** The arithmetic behind a value, also where it has been folded to a number. */
export function operationOf(value: Value): Operation | undefined {
  if (value.kind === "operation") return value;
  return value.kind === "literal" ? value.folded : undefined;
}

/** Whether something is part of an expression, however deep: `test` sees each value with the expression that it came from. */
export function involves(value: Value, test: (part: Value, node: Node | undefined) => boolean, node?: Node, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  if (test(value, node)) return true;
  if (value.kind === "oneOf") return value.alternatives.some((alternative) => involves(alternative.value, test, node, depth + 1));
  if (value.kind === "call") return value.call.positional.some((argument) => involves(argument.value, test, argument.node, depth + 1));
  const operation = operationOf(value);
  return operation?.operands.some((operand, index) => involves(operand, test, operation.nodes[index], depth + 1)) ?? false;
}
