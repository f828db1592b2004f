/** Which names a function reads out of its `**kwargs`, and whether it takes any others. */
import { NO_NODE, type Node } from "../../../server/src/syntax/flatTree.js";
import { Field, Kind } from "../../../server/src/syntax/kind.js";
import { defaultText, UNTOLD } from "../python/defaults.js";
import { callOf, descendants, dottedOf, stringOf, stringsOf } from "../python/literals.js";
import type { PythonModule } from "../python/module.js";
import type { PythonPackage } from "../python/package.js";
import type { ParameterFacts } from "./facts.js";

/** @param keywords the name of the `**` parameter. */
export function readFromKeywords(library: PythonPackage, module: PythonModule, body: Node, keywords: string): ParameterFacts[] {
  const { tree } = module;
  const found = new Map<string, ParameterFacts>();
  const add = (name: string, value: Node | undefined): void => {
    // With an underscore in front they are the library's own business.
    if (!found.has(name) && !name.startsWith("_")) found.set(name, { name, kind: "keyword", default: value === undefined ? UNTOLD : defaultText(library, module, value) });
  };
  for (const node of descendants(tree, body, Kind.call)) {
    const call = callOf(tree, node);
    if (!call || (call.name !== `${keywords}.pop` && call.name !== `${keywords}.get`)) continue;
    const [key, value] = call.positional;
    if (key === undefined) continue;
    const name = stringOf(tree, key);
    if (name !== undefined) add(name, value);
    // `for name in [...]: kwargs.pop(name)` and the same in a comprehension.
    else for (const looped of loopedOver(module, key)) add(looped, undefined);
  }
  for (const node of descendants(tree, body, Kind.comparison_operator)) {
    const [left, right] = tree.children(node).filter((child) => tree.kind(child) !== Kind.token);
    if (left === undefined || right === undefined || tree.textOf(right) !== keywords || !/^\s*(?:not\s+)?in\b/.test(tree.text.slice(tree.end(left), tree.start(right)))) continue;
    const name = stringOf(tree, left);
    if (name !== undefined) add(name, undefined);
  }
  for (const node of descendants(tree, body, Kind.subscript)) {
    // Written to, it is the function's own business.
    if (dottedOf(tree, tree.child(node, Field.value)) !== keywords || tree.field(node) === Field.left) continue;
    const name = stringOf(tree, tree.child(node, Field.subscript));
    if (name !== undefined) add(name, undefined);
  }
  return [...found.values()];
}

function loopedOver(module: PythonModule, variable: Node): string[] {
  const { tree } = module;
  if (tree.kind(variable) !== Kind.identifier) return [];
  const name = tree.textOf(variable);
  for (let node = tree.parent(variable); node !== NO_NODE; node = tree.parent(node)) {
    const loops = tree.kind(node) === Kind.for_statement ? [node] : tree.children(node).filter((child) => tree.kind(child) === Kind.for_in_clause);
    for (const loop of loops) {
      if (tree.textOf(tree.child(loop, Field.left)) !== name) continue;
      const right = tree.child(loop, Field.right);
      return stringsOf(tree, right) ?? namedList(module, right);
    }
    if (tree.kind(node) === Kind.function_definition) break;
  }
  return [];
}

/** The strings of `names = [...]` in the same function. */
function namedList(module: PythonModule, node: Node): string[] {
  const { tree } = module;
  const owner = tree.closest(node, Kind.function_definition);
  if (owner === NO_NODE || tree.kind(node) !== Kind.identifier) return [];
  for (const assignment of descendants(tree, owner, Kind.assignment)) {
    if (tree.textOf(tree.child(assignment, Field.left)) === tree.textOf(node)) return stringsOf(tree, tree.child(assignment, Field.right)) ?? [];
  }
  return [];
}

/** `if kwargs: raise TypeError(...)`: what isn't read is refused. */
export function refusesOthers(module: PythonModule, body: Node, keywords: string): boolean {
  const { tree } = module;
  for (const node of descendants(tree, body, Kind.if_statement)) {
    const condition = tree.textOf(tree.child(node, Field.condition)).replace(/\s+/g, "");
    if (![keywords, `len(${keywords})>0`, `len(${keywords})!=0`, `${keywords}!={}`, `len(${keywords})`].includes(condition)) continue;
    const consequence = tree.child(node, Field.consequence);
    if (tree.children(consequence).some((statement) => tree.kind(statement) === Kind.raise_statement)) return true;
  }
  return false;
}
