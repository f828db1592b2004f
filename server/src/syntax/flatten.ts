/**
 * Copies a tree-sitter tree into typed arrays, once per parse.
 *
 * The fast way calls the cursor functions of the wasm module directly, without web-tree-sitter's marshalling before and after each
 * (about a quarter of the cost; ARCHITECTURE.md, "Speed"). These functions are not documented, so the version is pinned, their
 * presence is checked when the parser is loaded, and the public cursor is the fallback. A test holds the two against each other.
 */
import type { Tree } from "web-tree-sitter";
import { FlatTree } from "./flatTree.js";
import type { GrammarTables } from "./kind.js";
import { Field, Kind } from "./kind.js";

/** What emscripten leaves on the module object that `Parser.init` was given. */
export interface RawModule {
  readonly HEAP32: Int32Array;
  _ts_init(): number;
  _ts_tree_root_node_wasm(tree: number): void;
  _ts_tree_cursor_new_wasm(tree: number): void;
  _ts_tree_cursor_delete_wasm(tree: number): void;
  _ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  _ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  _ts_tree_cursor_goto_parent_wasm(tree: number): number;
  _ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  _ts_tree_cursor_current_field_id_wasm(tree: number): number;
  _ts_tree_cursor_start_index_wasm(tree: number): number;
  _ts_tree_cursor_end_index_wasm(tree: number): number;
}

const rawFunctions = [
  "_ts_init",
  "_ts_tree_root_node_wasm",
  "_ts_tree_cursor_new_wasm",
  "_ts_tree_cursor_delete_wasm",
  "_ts_tree_cursor_goto_first_child_wasm",
  "_ts_tree_cursor_goto_next_sibling_wasm",
  "_ts_tree_cursor_goto_parent_wasm",
  "_ts_tree_cursor_current_node_type_id_wasm",
  "_ts_tree_cursor_current_field_id_wasm",
  "_ts_tree_cursor_start_index_wasm",
  "_ts_tree_cursor_end_index_wasm",
] as const satisfies readonly (keyof RawModule)[];

/** The module seen as its cursor functions, or undefined when this build of web-tree-sitter doesn't expose them all. */
export function asRawModule(module: object): RawModule | undefined {
  const candidate = module as Partial<Record<string, unknown>>;
  const complete = candidate["HEAP32"] instanceof Int32Array && rawFunctions.every((name) => typeof candidate[name] === "function");
  return complete ? (module as RawModule) : undefined;
}

/** Kinds whose children hang under no field that anybody asks for: for them the question isn't asked. */
const WITHOUT_FIELDS = new Uint8Array(256);
for (const kind of [
  Kind.module,
  Kind.block,
  Kind.argument_list,
  Kind.list,
  Kind.tuple,
  Kind.set,
  Kind.dictionary,
  Kind.expression_list,
  Kind.pattern_list,
  Kind.tuple_pattern,
  Kind.parenthesized_expression,
  Kind.expression_statement,
  Kind.string,
  Kind.concatenated_string,
  Kind.parameters,
  Kind.dotted_name,
  Kind.return_statement,
  Kind.conditional_expression,
]) {
  WITHOUT_FIELDS[kind] = 1;
}

/**
 * Whether a string is read from its text alone: its start, content and end are three nodes in every argument of every script. Not an
 * f-string, whose expressions count, and not one that the parser had to end itself.
 */
function isPlainString(text: string, start: number, end: number): boolean {
  for (let offset = start; offset < end; offset++) {
    const unit = text.charCodeAt(offset);
    if (unit === DOUBLE_QUOTE || unit === SINGLE_QUOTE) {
      return end - offset > 1 && text.charCodeAt(end - 1) === unit;
    }
    if ((unit | LOWER_CASE) === LETTER_F || (unit | LOWER_CASE) === LETTER_T) return false;
  }
  return false;
}

const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const LOWER_CASE = 32;
const LETTER_F = 102;
const LETTER_T = 116;

/** Grows with the largest file seen and is reused; each FlatTree gets a copy cut to size. */
class Columns {
  capacity = 1 << 14;
  kinds = new Uint8Array(this.capacity);
  fields = new Uint8Array(this.capacity);
  starts = new Uint32Array(this.capacity);
  ends = new Uint32Array(this.capacity);
  parents = new Int32Array(this.capacity);
  subtreeEnds = new Uint32Array(this.capacity);

  grow(): void {
    const grown = new Columns();
    grown.capacity = this.capacity * 2;
    const widen = <Column extends Uint8Array | Uint32Array | Int32Array>(old: Column, fresh: Column): Column => {
      fresh.set(old);
      return fresh;
    };
    this.kinds = widen(this.kinds, new Uint8Array(grown.capacity));
    this.fields = widen(this.fields, new Uint8Array(grown.capacity));
    this.starts = widen(this.starts, new Uint32Array(grown.capacity));
    this.ends = widen(this.ends, new Uint32Array(grown.capacity));
    this.parents = widen(this.parents, new Int32Array(grown.capacity));
    this.subtreeEnds = widen(this.subtreeEnds, new Uint32Array(grown.capacity));
    this.capacity = grown.capacity;
  }

  cut(text: string, size: number): FlatTree {
    return new FlatTree(
      text,
      size,
      this.kinds.slice(0, size),
      this.fields.slice(0, size),
      this.starts.slice(0, size),
      this.ends.slice(0, size),
      this.parents.slice(0, size),
      this.subtreeEnds.slice(0, size),
    );
  }
}

const columns = new Columns();

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

/** The fast way; see the head of this file. `tree[0]` is the tree's address in the wasm heap. */
export function flattenRaw(tree: Tree, text: string, raw: RawModule, tables: GrammarTables): FlatTree {
  const address = (tree as unknown as { readonly [0]: number })[0];
  raw._ts_tree_root_node_wasm(address);
  raw._ts_tree_cursor_new_wasm(address);
  // The cursor's state now lies in the transfer buffer, where all of these calls read and write it. `_ts_tree_cursor_delete_wasm`
  // frees it from there too, so nothing else may use the buffer in between: nothing does, this is synchronous.
  const { kindOfSymbol, fieldOfId } = tables;
  let { kinds, fields, starts, ends, parents, subtreeEnds } = columns;
  let size = 0;
  let parent = -1;
  let asksFields = true;
  for (;;) {
    let kind = kindOfSymbol[raw._ts_tree_cursor_current_node_type_id_wasm(address)] ?? Kind.other;
    const fieldId = asksFields ? raw._ts_tree_cursor_current_field_id_wasm(address) : 0;
    if (kind >= 0 || fieldId !== 0) {
      if (kind < 0) kind = Kind.token;
      if (size === columns.capacity) {
        columns.grow();
        ({ kinds, fields, starts, ends, parents, subtreeEnds } = columns);
      }
      const start = raw._ts_tree_cursor_start_index_wasm(address);
      const end = raw._ts_tree_cursor_end_index_wasm(address);
      kinds[size] = kind;
      fields[size] = fieldOfId[fieldId] ?? Field.none;
      starts[size] = start;
      ends[size] = end;
      parents[size] = parent;
      const isLeaf = kind === Kind.token || kind === Kind.identifier || (kind === Kind.string && isPlainString(text, start, end));
      if (!isLeaf && raw._ts_tree_cursor_goto_first_child_wasm(address) === 1) {
        parent = size++;
        asksFields = WITHOUT_FIELDS[kind] === 0;
        continue;
      }
      subtreeEnds[size] = size + 1;
      size++;
    }
    while (raw._ts_tree_cursor_goto_next_sibling_wasm(address) === 0) {
      if (raw._ts_tree_cursor_goto_parent_wasm(address) === 0) {
        raw._ts_tree_cursor_delete_wasm(address);
        return columns.cut(text, size);
      }
      subtreeEnds[parent] = size;
      parent = parents[parent] ?? -1;
      asksFields = parent < 0 || WITHOUT_FIELDS[kinds[parent] ?? 0] === 0;
    }
  }
}

/** The same through web-tree-sitter's documented cursor. */
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
  return columns.cut(text, size);
}

const NO_PARENT = -1;

/** Appends the node under the cursor and all below it; returns the new size. Written plainly: it is what the fast way is tested against. */
function visit(cursor: Cursor, text: string, tables: GrammarTables, parent: number, size: number): number {
  const kind = tables.kindOfSymbol[cursor.symbol] ?? Kind.other;
  const hasField = parent === NO_PARENT || WITHOUT_FIELDS[columns.kinds[parent] ?? 0] === 0;
  const fieldId = hasField ? cursor.fieldId : 0;
  if (kind < 0 && fieldId === 0) return size;
  if (size === columns.capacity) columns.grow();
  const node = size++;
  columns.kinds[node] = kind < 0 ? Kind.token : kind;
  columns.fields[node] = tables.fieldOfId[fieldId] ?? Field.none;
  columns.starts[node] = cursor.start;
  columns.ends[node] = cursor.end;
  columns.parents[node] = parent;
  const isLeaf = kind < 0 || kind === Kind.identifier || (kind === Kind.string && isPlainString(text, cursor.start, cursor.end));
  if (!isLeaf && cursor.firstChild()) {
    do size = visit(cursor, text, tables, node, size);
    while (cursor.nextSibling());
    cursor.parent();
  }
  columns.subtreeEnds[node] = size;
  return size;
}
