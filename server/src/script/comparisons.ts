/** `left operator right`, as it is written. */
import type { FlatTree, Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";

export interface Comparison {
  readonly left: Node;
  readonly right: Node;
  /** On one line, with single spaces: `==`, `not in`, `is not`. */
  readonly operator: string;
}

/** The two sides of a comparison; undefined for another node, and for a chain (`a < b < c`). */
export function comparisonAt(tree: FlatTree, node: Node): Comparison | undefined {
  if (tree.kind(node) !== Kind.comparison_operator) return undefined;
  const [left, right, ...more] = tree.children(node).filter((child) => tree.field(child) !== Field.operators);
  if (left === undefined || right === undefined || more.length > 0) return undefined;
  return { left, right, operator: tree.text.slice(tree.end(left), tree.start(right)).replace(/[()\\\s]+/g, " ").trim() };
}
