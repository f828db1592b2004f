/** What kind of label an expression makes: the losses ask for different ones. */
import type { Script } from "../../script/script.js";
import { numberOf, type Value } from "../../script/values.js";
import { Kind } from "../../syntax/kind.js";

export type LabelKind = "int" | "float" | "bool" | "str" | "vector";

const COMPARISON: ReadonlySet<string> = new Set(["==", "!=", "<", ">", "<=", ">=", "in", "not in", "is", "is not", "not"]);

/** What these give, whatever they are called with; `round(x)` with a second argument may give a float. */
const MAKES: Readonly<Record<string, LabelKind>> = { "builtins.int": "int", "builtins.len": "int", "builtins.float": "float", "builtins.bool": "bool", "builtins.str": "str" };

/** The kind of one label; undefined where it isn't certain. */
export function kindOfLabel(value: Value): LabelKind | undefined {
  switch (value.kind) {
    case "literal":
      return value.type === "int" || value.type === "float" || value.type === "bool" || value.type === "str" ? value.type : undefined;
    case "sequence":
      return value.type === "set" ? undefined : "vector";
    case "operation":
      return COMPARISON.has(value.operator) ? "bool" : undefined;
    case "call":
      return MAKES[value.call.name ?? ""];
    case "oneOf":
      return common(value.alternatives.map((alternative) => kindOfLabel(alternative.value)));
    default:
      return undefined;
  }
}

/** The kind that all labels have; undefined where they differ, or one isn't certain. Whole and decimal numbers together are left alone: libraries treat them differently. */
export function common(kinds: readonly (LabelKind | undefined)[]): LabelKind | undefined {
  const [first] = kinds;
  return kinds.every((kind) => kind === first) ? first : undefined;
}

/** The labels that a column is made of, as far as they are written out: the items of a list, or the one expression of a comprehension. */
export function labelsIn(script: Script, column: Value): Value[] {
  if (column.kind !== "sequence") return [];
  const { tree } = script;
  if (tree.kind(column.origin) === Kind.list_comprehension) return [script.evaluate(tree.firstChild(column.origin))];
  return column.open ? [] : [...column.items];
}

/** The numbers among labels. */
export function numbersAmong(labels: readonly Value[]): number[] {
  return labels.flatMap((label) => (label.kind === "oneOf" ? label.alternatives.map((each) => each.value) : [label])).flatMap((label) => numberOf(label) ?? []);
}
