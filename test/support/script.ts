/** Source -> Script, and readable forms of what it answers. */
import { Script } from "../../server/src/script/script.js";
import type { Value } from "../../server/src/script/values.js";
import { textOf } from "../../server/src/script/folding.js";
import { NO_NODE, type Node } from "../../server/src/syntax/flatTree.js";
import { Field, Kind } from "../../server/src/syntax/kind.js";
import { parser } from "./parser.js";

export function scriptOf(source: string): Script {
  return new Script(parser.parse(source));
}

/** Removes the common indentation of a template, so that tables can be indented with the code around them. */
export function py(strings: TemplateStringsArray, ...values: unknown[]): string {
  const text = String.raw({ raw: strings.raw }, ...values).replace(/^\n/, "").replace(/\n[ \t]*$/, "\n");
  const indents = text.split("\n").filter((line) => line.trim() !== "").map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return text.split("\n").map((line) => line.slice(indent)).join("\n");
}

/** The argument of the last call of `ask(...)` in the source. */
export function asked(script: Script): Node {
  const { tree } = script;
  let found: Node = NO_NODE;
  for (const node of script.scopes.calls) {
    if (tree.textOf(tree.child(node, Field.function)) === "ask") found = tree.childAt(tree.child(node, Field.arguments), 0);
  }
  if (found === NO_NODE) throw new Error("the source asks nothing: write ask(expression)");
  return tree.kind(found) === Kind.keyword_argument ? tree.child(found, Field.value) : found;
}

/** A value as a short text: `0.5`, `'steps'`, `{a: 1, ...}`, `1 | 2`, `?`. */
export function show(value: Value): string {
  switch (value.kind) {
    case "literal":
      return value.type === "str" ? `'${String(value.value)}'` : (textOf(value) ?? value.type);
    case "sequence": {
      const [open, close] = value.type === "list" ? "[]" : value.type === "tuple" ? "()" : "{}";
      return `${open}${[...value.items.map(show), ...(value.open ? ["..."] : [])].join(", ")}${close}`;
    }
    case "record":
      return `{${[...[...value.entries].map(([key, entry]) => `${key}: ${show(entry.value)}`), ...(value.open ? ["..."] : [])].join(", ")}}`;
    case "reference":
      return value.name;
    case "function":
      return `def ${value.function.name}`;
    case "class":
      return `class ${value.class.name}`;
    case "instance":
      return `${value.object.className ?? value.object.localClass?.name ?? "?"}()`;
    case "oneOf":
      return value.alternatives.map(({ value: each }) => show(each)).join(" | ");
    case "operation":
      return value.operands.length === 1 ? `(${value.operator} ${value.operands.map(show).join("")})` : `(${value.operands.map(show).join(` ${value.operator} `)})`;
    case "call":
      return `${value.call.name ?? "?"}(...)`;
    case "attribute":
      return `${show(value.object)}.${value.name}`;
    case "item":
      return `${show(value.object)}[${show(value.key)}]`;
    case "parameter":
      return `<${value.name}>`;
    case "absent":
      return "absent";
    case "unknown":
      return "?";
  }
}
