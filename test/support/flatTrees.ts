/** Comparing FlatTrees, node by node. */
import type { FlatTree } from "../../server/src/syntax/flatTree.js";
import { kindName } from "../../server/src/syntax/kind.js";

/** The first node in which two trees differ, as a text; undefined when they are the same in everything. */
export function differenceOf(actual: FlatTree, expected: FlatTree): string | undefined {
  const size = Math.min(actual.size, expected.size);
  for (let node = 0; node < size; node++) {
    const same =
      actual.kind(node) === expected.kind(node) &&
      actual.field(node) === expected.field(node) &&
      actual.start(node) === expected.start(node) &&
      actual.end(node) === expected.end(node) &&
      actual.parent(node) === expected.parent(node) &&
      actual.subtreeEnd(node) === expected.subtreeEnd(node);
    if (!same) return `node ${node}: ${describeNode(actual, node)} but expected ${describeNode(expected, node)}`;
  }
  return actual.size === expected.size ? undefined : `${actual.size} nodes but expected ${expected.size}`;
}

function describeNode(tree: FlatTree, node: number): string {
  const place = `[${tree.start(node)}, ${tree.end(node)})`;
  return `${kindName(tree.kind(node))} ${place} field ${tree.field(node)} under ${tree.parent(node)} up to ${tree.subtreeEnd(node)}`;
}
