/**
 * What a tree has in common with the one it was parsed from.
 *
 * Parsing again, tree-sitter takes over the subtrees that an edit leaves alone: they lie at the same addresses. So their rows are copied, moved by what
 * the edit made the text longer, instead of being read node by node.
 *
 * An address means the same subtree in both trees because the earlier one was alive while the later one was parsed: its memory can't have been given to
 * anything else. What the edit touched has an address of its own in the later tree, since tree-sitter doesn't take over what it marked as changed.
 */
import { columns } from "./columns.js";
import type { FlatTree, Node, Rows } from "./flatTree.js";

/** One change of a text: `[start, oldEnd)` of the old text became `[start, newEnd)` of the new. UTF-16 code units. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** One change that covers both: `next` is given in the text that `first` led to. */
export function followedBy(first: TextChange | undefined, next: TextChange): TextChange {
  if (!first) return next;
  const beyond = Math.max(0, next.oldEnd - first.newEnd);
  return {
    start: Math.min(first.start, next.start),
    oldEnd: first.oldEnd + beyond,
    newEnd: Math.max(first.newEnd, next.oldEnd) + next.newEnd - next.oldEnd,
  };
}

/** A flattened tree, with what the next one needs of it. */
export interface Flattened {
  readonly flat: FlatTree;
  readonly rows: Rows;
  /** By node: where its subtree lies in the wasm module's memory; 0 for a leaf that has no memory of its own. */
  readonly addresses: Int32Array;
}

/** The tree from which another was parsed, gone through in step with that. */
export class Earlier {
  /** Everything before it begins before what is asked for next. */
  private next: Node = 0;

  constructor(
    private readonly flattened: Flattened,
    private readonly change: TextChange,
  ) {}

  /**
   * Copies the rows below a node into the columns, if the earlier tree has the same subtree. Nodes have to come in their order.
   * @param address of the node's subtree.
   * @param node the last row that is written.
   * @returns how many rows were copied, 0 if none.
   */
  takeOver(address: number, node: Node): number {
    const { rows, addresses } = this.flattened;
    const start = columns.starts[node] ?? 0;
    const moved = this.movedAt(start);
    if (moved === undefined) return 0;
    const wanted = start - moved;
    while (this.next < addresses.length && (rows.starts[this.next] ?? 0) < wanted) this.next++;
    for (let old = this.next; old < addresses.length && rows.starts[old] === wanted; old++) {
      // Under another name its children would be asked for other fields.
      if (addresses[old] === address && rows.kinds[old] === columns.kinds[node]) return copyBelow(this.flattened, old, node, moved);
    }
    return 0;
  }

  /** How far what begins at an offset was moved by the change; undefined inside it. */
  private movedAt(offset: number): number | undefined {
    const { start, oldEnd, newEnd } = this.change;
    return offset < start ? 0 : offset >= newEnd ? newEnd - oldEnd : undefined;
  }
}

function copyBelow({ rows, addresses }: Flattened, old: Node, node: Node, moved: number): number {
  const from = old + 1;
  const end = rows.subtreeEnds[old] ?? from;
  const count = end - from;
  const to = node + 1;
  while (to + count > columns.capacity) columns.grow();
  const { kinds, fields, starts, ends, parents, subtreeEnds } = columns;
  kinds.set(rows.kinds.subarray(from, end), to);
  fields.set(rows.fields.subarray(from, end), to);
  columns.addresses.set(addresses.subarray(from, end), to);
  const shift = to - from;
  for (let index = 0; index < count; index++) {
    starts[to + index] = (rows.starts[from + index] ?? 0) + moved;
    ends[to + index] = (rows.ends[from + index] ?? 0) + moved;
    parents[to + index] = (rows.parents[from + index] ?? 0) + shift;
    subtreeEnds[to + index] = (rows.subtreeEnds[from + index] ?? 0) + shift;
  }
  return count;
}
