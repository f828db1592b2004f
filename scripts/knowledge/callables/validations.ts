/** Values that a library itself refuses all others than: `if x not in [...]: raise`, and `if x == "a": ... elif x == "b": ... else: raise`. */
import { NO_NODE, type Node } from "../../../server/src/syntax/flatTree.js";
import { Field, Kind } from "../../../server/src/syntax/kind.js";
import { descendants, dottedOf, stringOf } from "../python/literals.js";
import type { PythonModule } from "../python/module.js";
import type { PythonPackage } from "../python/package.js";
import { stringsIn } from "../lists.js";

/** Name -> the values that don't raise. @param prefix what stands before a name: `self.` in a dataclass. */
export function refusedUnless(library: PythonPackage, module: PythonModule, body: Node, prefix: "" | "self."): Map<string, readonly string[]> {
  const { tree } = module;
  const found = new Map<string, readonly string[]>();
  for (const node of descendants(tree, body, Kind.if_statement)) {
    if (!raisesAtOnce(module, tree.child(node, Field.consequence))) continue;
    const condition = tree.child(node, Field.condition);
    const match = new RegExp(`^(?:(?:self\\.)?\\w+ is not None and )?(${prefix}\\w+) not in ([[({\\w].*)$`, "s").exec(tree.textOf(condition));
    const comparison = tree.kind(condition) === Kind.comparison_operator ? condition : tree.children(condition).at(-1);
    if (!match || comparison === undefined || tree.kind(comparison) !== Kind.comparison_operator) continue;
    const list = tree.children(comparison).at(-1);
    const values = list === undefined ? undefined : stringsIn(library, module, list);
    // Two checks of one name under different conditions say nothing for sure.
    const name = (match[1] ?? "").slice(prefix.length);
    if (values && values.length > 0) found.set(name, found.has(name) ? [] : values);
  }
  return new Map([...found].filter(([, values]) => values.length > 0));
}

/** The values that a chain of comparisons of `<anything>.attribute` knows before it raises; undefined where there is no such chain. */
export function chainedValues(module: PythonModule, body: Node, attribute: string): readonly string[] | undefined {
  const { tree } = module;
  for (const node of descendants(tree, body, Kind.if_statement)) {
    const branches = tree.children(node, Field.alternative);
    const last = branches.at(-1);
    if (last === undefined || tree.kind(last) !== Kind.else_clause || !raisesAtOnce(module, tree.child(last, Field.body))) continue;
    const conditions = [node, ...branches.slice(0, -1)].map((branch) => tree.child(branch, Field.condition));
    const values = conditions.map((condition) => comparedWith(module, condition, attribute));
    if (values.every((value) => value !== undefined)) return values.flat();
  }
  return undefined;
}

function comparedWith(module: PythonModule, condition: Node, attribute: string): readonly string[] | undefined {
  const { tree } = module;
  if (condition === NO_NODE || tree.kind(condition) !== Kind.comparison_operator) return undefined;
  const [left, right, ...rest] = tree.children(condition).filter((child) => tree.kind(child) !== Kind.token);
  if (left === undefined || right === undefined || rest.length > 0 || !(dottedOf(tree, left) ?? "").split(".").includes(attribute)) return undefined;
  const operator = tree.text.slice(tree.end(left), tree.start(right)).trim();
  if (operator === "==") {
    const value = stringOf(tree, right);
    return value === undefined ? undefined : [value];
  }
  if (operator !== "in") return undefined;
  const values = tree.children(right).map((element) => stringOf(tree, element));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function raisesAtOnce(module: PythonModule, block: Node): boolean {
  const { tree } = module;
  return block !== NO_NODE && tree.kind(tree.firstChild(block)) === Kind.raise_statement;
}
