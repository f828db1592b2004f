/**
 * One parsed file as typed arrays.
 *
 * A node is its index in preorder, so node 0 is the module, a node's descendants are the indices up to `subtreeEnd`, and index order is
 * source order. Named nodes only, plus the anonymous tokens that carry a field (operators). Everything after parsing reads these
 * arrays and never the wasm side.
 */
import { Field, Kind } from "./kind.js";
import type { Span } from "./text.js";

/** Index of a node in a FlatTree. */
export type Node = number;

/** "There is no such node": a missing child, the parent of the module. */
export const NO_NODE: Node = -1;

/** The columns of a tree: one row per node, all of the same length. `starts` and `ends` are offsets into the text in UTF-16 code units. */
export interface Rows {
  readonly kinds: Uint8Array;
  readonly fields: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly parents: Int32Array;
  readonly subtreeEnds: Uint32Array;
}

export class FlatTree {
  readonly size: number;
  private readonly kinds: Uint8Array;
  private readonly fields: Uint8Array;
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;
  private readonly parents: Int32Array;
  private readonly subtreeEnds: Uint32Array;

  constructor(
    readonly text: string,
    rows: Rows,
  ) {
    // Each column by itself: they are read billions of times.
    this.size = rows.kinds.length;
    this.kinds = rows.kinds;
    this.fields = rows.fields;
    this.starts = rows.starts;
    this.ends = rows.ends;
    this.parents = rows.parents;
    this.subtreeEnds = rows.subtreeEnds;
  }

  kind(node: Node): number {
    return this.kinds[node] ?? Kind.other;
  }

  /** The field under which the node hangs in its parent. */
  field(node: Node): number {
    return this.fields[node] ?? Field.none;
  }

  start(node: Node): number {
    return this.starts[node] ?? 0;
  }

  end(node: Node): number {
    return this.ends[node] ?? 0;
  }

  span(node: Node): Span {
    return { start: this.start(node), end: this.end(node) };
  }

  parent(node: Node): Node {
    return this.parents[node] ?? NO_NODE;
  }

  /** One past the last descendant. */
  subtreeEnd(node: Node): Node {
    return this.subtreeEnds[node] ?? node + 1;
  }

  firstChild(node: Node): Node {
    return this.subtreeEnd(node) > node + 1 ? node + 1 : NO_NODE;
  }

  nextSibling(node: Node): Node {
    const next = this.subtreeEnd(node);
    const parent = this.parent(node);
    return parent !== NO_NODE && next < this.subtreeEnd(parent) ? next : NO_NODE;
  }

  /** The first child under a field. */
  child(node: Node, field: number): Node {
    for (let child = this.firstChild(node); child !== NO_NODE; child = this.nextSibling(child)) {
      if (this.fields[child] === field) return child;
    }
    return NO_NODE;
  }

  /** All children, or those under a field; comments are left out. */
  children(node: Node, field?: number): Node[] {
    const found: Node[] = [];
    for (let child = this.firstChild(node); child !== NO_NODE; child = this.nextSibling(child)) {
      if (this.kinds[child] !== Kind.comment && (field === undefined || this.fields[child] === field)) found.push(child);
    }
    return found;
  }

  /** The child at a position among the children that aren't comments. */
  childAt(node: Node, position: number): Node {
    let index = 0;
    for (let child = this.firstChild(node); child !== NO_NODE; child = this.nextSibling(child)) {
      if (this.kinds[child] === Kind.comment) continue;
      if (index++ === position) return child;
    }
    return NO_NODE;
  }

  contains(ancestor: Node, node: Node): boolean {
    return ancestor <= node && node < this.subtreeEnd(ancestor);
  }

  /** The nearest ancestor-or-self of a kind. */
  closest(node: Node, kind: number): Node {
    let current = node;
    while (current !== NO_NODE && this.kinds[current] !== kind) current = this.parent(current);
    return current;
  }

  textOf(node: Node): string {
    return this.text.slice(this.start(node), this.end(node));
  }

  /** The smallest node that covers an offset. */
  nodeAt(offset: number): Node {
    let node: Node = 0;
    for (;;) {
      let inner = NO_NODE;
      for (let child = this.firstChild(node); child !== NO_NODE; child = this.nextSibling(child)) {
        if (this.start(child) <= offset && offset < this.end(child)) {
          inner = child;
          break;
        }
        if (this.start(child) > offset) break;
      }
      if (inner === NO_NODE) return node;
      node = inner;
    }
  }

  /** Whether the parser had to repair or skip something inside the node. */
  hasError(node: Node): boolean {
    for (let inner = node; inner < this.subtreeEnd(node); inner++) {
      if (this.kinds[inner] === Kind.ERROR || this.isMissing(inner)) return true;
    }
    return false;
  }

  /** How much of the text lies in what the parser had to repair or skip, in code units; each repair counts at least one. */
  errorCount(): number {
    let count = 0;
    for (let node = 0; node < this.size; node++) {
      if (this.kinds[node] === Kind.ERROR) {
        count += 1 + this.end(node) - this.start(node);
        node = this.subtreeEnd(node) - 1;
      } else if (this.isMissing(node)) count++;
    }
    return count;
  }

  /** A node that the parser inserted because the grammar wanted one: it has no text. */
  isMissing(node: Node): boolean {
    const kind = this.kinds[node];
    return this.starts[node] === this.ends[node] && kind !== Kind.module && kind !== Kind.block && kind !== Kind.string_content;
  }
}
