/** Lists of values that a library keeps as a constant: the keys of a dict, the strings of a list. */
import { Kind } from "../../server/src/syntax/kind.js";
import type { Node } from "../../server/src/syntax/flatTree.js";
import { callOf, pairsOf, stringsOf } from "./python/literals.js";
import type { PythonModule } from "./python/module.js";
import type { PythonPackage } from "./python/package.js";

export function valuesOf(library: PythonPackage, path: string): readonly string[] | undefined {
  const found = library.find(path);
  return found?.kind === "assignment" ? stringsIn(library, found.module, found.node) : undefined;
}

export function stringsIn(library: PythonPackage, module: PythonModule, node: Node): readonly string[] | undefined {
  const { tree } = module;
  if (tree.kind(node) === Kind.dictionary) return pairsOf(tree, node).map(({ key }) => key);
  if (tree.kind(node) === Kind.identifier) return valuesOf(library, `${module.name}.${tree.textOf(node)}`);
  if (tree.kind(node) === Kind.binary_operator) {
    const parts = tree.children(node).filter((part) => tree.kind(part) !== Kind.token).map((part) => stringsIn(library, module, part));
    return parts.every((part) => part !== undefined) ? parts.flatMap((part) => part ?? []) : undefined;
  }
  const call = callOf(tree, node);
  const [first] = call?.positional ?? [];
  if (call && /^(?:list|tuple|set|frozenset)$/.test(call.name ?? "") && first !== undefined) return stringsIn(library, module, first);
  return stringsOf(tree, node);
}
