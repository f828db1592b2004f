/**
 * Copies a tree-sitter tree into typed arrays through web-tree-sitter's documented cursor: what the fast way (`treeMemory.ts`) is held against, and what
 * serves where that one can't be had.
 */
import type { Tree } from "web-tree-sitter";
import { columns } from "./columns.js";
import { hasNamedFields, isLeaf } from "./flatShape.js";
import { FlatTree } from "./flatTree.js";
import type { GrammarTables } from "./kind.js";
import { Field, Kind } from "./kind.js";

/** The few cursor moves that flattening needs; `symbol` is tree-sitter's own node type id. */
interface Cursor {
  readonly symbol: number;
  readonly fieldId: number;
  readonly start: number;
  readonly end: number;
  firstChild(): boolean;
  nextSibling(): boolean;
  parent(): boolean;
}

/** One copy, once per parse. */
export function flattenPublic(tree: Tree, text: string, tables: GrammarTables): FlatTree {
  const walker = tree.walk();
  const cursor: Cursor = {
    get symbol() {
      return walker.nodeTypeId;
    },
    get fieldId() {
      return walker.currentFieldId;
    },
    get start() {
      return walker.startIndex;
    },
    get end() {
      return walker.endIndex;
    },
    firstChild: () => walker.gotoFirstChild(),
    nextSibling: () => walker.gotoNextSibling(),
    parent: () => walker.gotoParent(),
  };
  const size = visit(cursor, text, tables, NO_PARENT, 0);
  walker.delete();
  return new FlatTree(text, columns.cut(size));
}

const NO_PARENT = -1;

/** Appends the node under the cursor and all below it; returns the new size. Written plainly: it is what the fast way is tested against. */
function visit(cursor: Cursor, text: string, tables: GrammarTables, parent: number, size: number): number {
  const kind = tables.kindOfSymbol[cursor.symbol] ?? Kind.other;
  const hasField = parent === NO_PARENT || hasNamedFields(columns.kinds[parent] ?? 0);
  const fieldId = hasField ? cursor.fieldId : 0;
  if (kind < 0 && fieldId === 0) return size;
  if (size === columns.capacity) columns.grow();
  const node = size++;
  columns.kinds[node] = kind < 0 ? Kind.token : kind;
  columns.fields[node] = tables.fieldOfId[fieldId] ?? Field.none;
  columns.starts[node] = cursor.start;
  columns.ends[node] = cursor.end;
  columns.parents[node] = parent;
  if (!isLeaf(columns.kinds[node] ?? Kind.other, text, cursor.start, cursor.end) && cursor.firstChild()) {
    do size = visit(cursor, text, tables, node, size);
    while (cursor.nextSibling());
    cursor.parent();
  }
  columns.subtreeEnds[node] = size;
  return size;
}
