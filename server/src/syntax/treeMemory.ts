/**
 * Reads tree-sitter's trees where they lie, in the wasm module's memory.
 *
 * Asking the module's cursor costs half a dozen calls into wasm per node; reading costs a few loads. The layout is that of tree-sitter's
 * own C structs (lib/src/subtree.h, lib/src/parser.h, lib/src/tree.h) on wasm32, little-endian. It is not documented, so the version is pinned,
 * and a test holds every array that comes out of it against those of the documented cursor.
 */
import type { Tree } from "web-tree-sitter";
import { columns } from "./columns.js";
import type { Earlier, Flattened } from "./earlier.js";
import { hasNamedFields, isLeaf } from "./flatShape.js";
import { FlatTree } from "./flatTree.js";
import { Field, Kind, type GrammarTables } from "./kind.js";

/** What emscripten leaves on the module object that `Parser.init` was given. The view is replaced when the memory grows. */
export interface WasmModule {
  readonly HEAP32: Int32Array;
}

/** The module as its memory, or undefined when this build of web-tree-sitter doesn't show it. */
export function asWasmModule(module: object): WasmModule | undefined {
  return (module as Partial<Record<string, unknown>>)["HEAP32"] instanceof Int32Array ? (module as WasmModule) : undefined;
}

// Offsets in bytes. `Subtree` is 8 bytes: a small leaf itself, with the lowest bit set, or the address of a SubtreeHeapData.
const SUBTREE_BYTES = 8;
/** SubtreeHeapData; its children lie just before it. */
const Heap = { paddingBytes: 4, sizeBytes: 16, childCount: 36, symbol: 40, flags: 44, productionId: 66 } as const;
/** TSTree. */
const Root = { subtree: 0, language: 8 } as const;
/** TSLanguage. */
const Language = { symbolCount: 4, aliasCount: 8, productionCount: 28, aliasLength: 36, fieldSlices: 64, fieldEntries: 68, publicSymbols: 76, aliases: 84 } as const;
const ERROR_SYMBOL = 0xffff;

/** What the grammar says of symbols and of the children that a production has, copied out of the module once. */
interface ProductionTables {
  /** `Kind` by symbol as it is stored in a subtree; -1 for anonymous tokens. */
  readonly kindOf: Int16Array;
  /** By production and index among the children that aren't extras. */
  readonly aliasAt: Uint16Array;
  readonly fieldAt: Uint8Array;
  /** How many children a production has in these tables. */
  readonly width: number;
}

const tablesOfLanguage = new WeakMap<WasmModule, Map<number, ProductionTables>>();

function productionTables(module: WasmModule, language: number, tables: GrammarTables): ProductionTables {
  let known = tablesOfLanguage.get(module);
  if (!known) tablesOfLanguage.set(module, (known = new Map()));
  let production = known.get(language);
  if (!production) known.set(language, (production = readProductions(module, language, tables)));
  return production;
}

function readProductions(module: WasmModule, language: number, { kindOfSymbol, fieldOfId }: GrammarTables): ProductionTables {
  const { buffer } = module.HEAP32;
  const [words, halves, bytes] = [module.HEAP32, new Uint16Array(buffer), new Uint8Array(buffer)];
  const word = (offset: number): number => words[(language + offset) >> 2] ?? 0;
  const half = (address: number): number => halves[address >> 1] ?? 0;
  const kindOf = new Int16Array(ERROR_SYMBOL + 1).fill(Kind.other);
  kindOf[ERROR_SYMBOL] = kindOfSymbol[ERROR_SYMBOL] ?? Kind.ERROR;
  // Symbols that exist as aliases only are counted behind the others.
  for (let symbol = 0; symbol < word(Language.symbolCount) + word(Language.aliasCount); symbol++) kindOf[symbol] = kindOfSymbol[half(word(Language.publicSymbols) + 2 * symbol)] ?? Kind.other;
  const productions = word(Language.productionCount);
  const aliasLength = half(language + Language.aliasLength);
  let width = aliasLength;
  const entries: { readonly production: number; readonly child: number; readonly field: number }[] = [];
  for (let production = 0; production < productions; production++) {
    const slice = word(Language.fieldSlices) + 4 * production;
    for (let index = 0; index < half(slice + 2); index++) {
      const entry = word(Language.fieldEntries) + 4 * (half(slice) + index);
      const [child = 0, isInherited = 0] = [bytes[entry + 2], bytes[entry + 3]];
      if (isInherited !== 0) continue;
      entries.push({ production, child, field: fieldOfId[half(entry)] ?? Field.none });
      width = Math.max(width, child + 1);
    }
  }
  const aliasAt = new Uint16Array(productions * width);
  const fieldAt = new Uint8Array(productions * width);
  // Production 0 has no aliases.
  for (let production = 1; production < productions; production++) {
    for (let child = 0; child < aliasLength; child++) aliasAt[production * width + child] = half(word(Language.aliases) + 2 * (production * aliasLength + child));
  }
  // The first entry for a child is the one that counts; a field that nobody asks for hides none behind it.
  for (const { production, child, field } of entries.reverse()) fieldAt[production * width + child] = field === Field.none ? UNREAD_FIELD : field;
  return { kindOf, aliasAt, fieldAt, width };
}

/** A field that the model doesn't read: it keeps a token, as any field does. */
const UNREAD_FIELD = 0xff;

/** The nodes that are being gone through, from the root down: hidden ones too. */
class Levels {
  capacity = 256;
  /** The address of the next child, and that behind the last. */
  next = new Int32Array(this.capacity);
  end = new Int32Array(this.capacity);
  /** Where the production's rows begin in the tables, plus the index of the next child that is no extra. */
  row = new Int32Array(this.capacity);
  rowEnd = new Int32Array(this.capacity);
  /** The field under which a hidden node hangs, which is that of children without one of their own. */
  field = new Uint8Array(this.capacity);
  /** The node of the flat tree; the same as one level up for a hidden one. */
  node = new Int32Array(this.capacity);

  grow(): void {
    this.capacity *= 2;
    const widen = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const wide = new Int32Array(this.capacity);
      wide.set(column);
      return wide;
    };
    [this.next, this.end, this.row, this.rowEnd, this.node] = [widen(this.next), widen(this.end), widen(this.row), widen(this.rowEnd), widen(this.node)];
    const field = new Uint8Array(this.capacity);
    field.set(this.field);
    this.field = field;
  }
}

const levels = new Levels();

/** Copies a tree into typed arrays. */
export function flattenFromMemory(tree: Tree, text: string, module: WasmModule, tables: GrammarTables): FlatTree {
  return new FlatTree(text, columns.cut(writeRows(tree, text, module, tables, undefined)));
}

/** The same for a tree that is going to be edited. @param earlier the tree from which it was parsed: what both share is taken over. */
export function flattenAgain(tree: Tree, text: string, module: WasmModule, tables: GrammarTables, earlier: Earlier | undefined): Flattened {
  const size = writeRows(tree, text, module, tables, earlier);
  const rows = columns.cut(size);
  return { flat: new FlatTree(text, rows), rows, addresses: columns.addresses.slice(0, size) };
}

/** Fills the columns; returns the number of rows. `tree[0]` is its address. */
function writeRows(tree: Tree, text: string, module: WasmModule, tables: GrammarTables, earlier: Earlier | undefined): number {
  const address = (tree as unknown as { readonly [0]: number })[0];
  const words = module.HEAP32;
  const halves = new Uint16Array(words.buffer);
  const bytes = new Uint8Array(words.buffer);
  const { kindOf, aliasAt, fieldAt, width } = productionTables(module, words[(address + Root.language) >> 2] ?? 0, tables);
  let size = 0;
  let depth = -1;
  /** In bytes of UTF-16: before the padding of what comes next. */
  let position = 0;
  // The root as the only child of a level of its own, without a production.
  let child = address + Root.subtree;
  let field: number = Field.none;
  let alias = 0;
  let parent = -1;
  let { kinds, fields, starts, ends, parents, subtreeEnds, addresses } = columns;
  for (;;) {
    // --- one subtree: what it is
    const pointer = words[child >> 2] ?? 0;
    const isInline = (pointer & 1) === 1;
    const flags = isInline ? pointer >> 1 : (bytes[pointer + Heap.flags] ?? 0);
    const start = position + (isInline ? (bytes[child + 6] ?? 0) : (words[(pointer + Heap.paddingBytes) >> 2] ?? 0));
    const length = isInline ? (bytes[child + 7] ?? 0) : (words[(pointer + Heap.sizeBytes) >> 2] ?? 0);
    const children = isInline ? 0 : (words[(pointer + Heap.childCount) >> 2] ?? 0);
    let descends = children > 0;
    let node = parent;
    if ((flags & 1) === 1 || alias !== 0 || depth < 0) {
      const symbol = alias !== 0 ? alias : isInline ? (pointer >> 8) & 0xff : (halves[(pointer + Heap.symbol) >> 1] ?? 0);
      let kind = kindOf[symbol] ?? Kind.other;
      if (field !== Field.none && parent >= 0 && !hasNamedFields(kinds[parent] ?? 0)) field = Field.none;
      if (kind < 0 && field === Field.none) descends = false;
      else {
        if (kind < 0) kind = Kind.token;
        if (size === columns.capacity) {
          columns.grow();
          ({ kinds, fields, starts, ends, parents, subtreeEnds, addresses } = columns);
        }
        node = size++;
        kinds[node] = kind;
        fields[node] = field === UNREAD_FIELD ? Field.none : field;
        starts[node] = start >> 1;
        ends[node] = (start + length) >> 1;
        parents[node] = parent;
        subtreeEnds[node] = size;
        addresses[node] = isInline ? 0 : pointer;
        descends &&= !isLeaf(kind, text, start >> 1, (start + length) >> 1);
        if (descends && earlier) {
          const taken = earlier.takeOver(pointer, node);
          if (taken > 0) {
            ({ kinds, fields, starts, ends, parents, subtreeEnds, addresses } = columns);
            size += taken;
            subtreeEnds[node] = size;
            descends = false;
          }
        }
      }
      field = Field.none;
    }
    // --- down, or past it
    if (descends) {
      if (++depth === levels.capacity) levels.grow();
      const production = halves[(pointer + Heap.productionId) >> 1] ?? 0;
      levels.next[depth] = pointer - children * SUBTREE_BYTES;
      levels.end[depth] = pointer;
      levels.row[depth] = production * width;
      levels.rowEnd[depth] = (production + 1) * width;
      levels.field[depth] = field;
      levels.node[depth] = node;
      // The first child's own padding is the parent's.
      position = start - paddingOf(words, bytes, pointer - children * SUBTREE_BYTES);
    } else position = start + length;
    // --- up, to the next one
    while (depth >= 0 && levels.next[depth] === levels.end[depth]) {
      const ended = levels.node[depth] ?? -1;
      depth--;
      if (ended !== (depth >= 0 ? levels.node[depth] : -1)) subtreeEnds[ended] = size;
    }
    if (depth < 0) return size;
    child = levels.next[depth] ?? 0;
    levels.next[depth] = child + SUBTREE_BYTES;
    parent = levels.node[depth] ?? -1;
    const next = words[child >> 2] ?? 0;
    const isExtra = (((next & 1) === 1 ? next >> 3 : (bytes[next + Heap.flags] ?? 0) >> 2) & 1) === 1;
    alias = 0;
    field = Field.none;
    if (!isExtra) {
      const cell = levels.row[depth] ?? 0;
      levels.row[depth] = cell + 1;
      if (cell < (levels.rowEnd[depth] ?? 0)) {
        alias = aliasAt[cell] ?? 0;
        field = fieldAt[cell] ?? Field.none;
      }
      if (field === Field.none) field = levels.field[depth] ?? Field.none;
    }
  }
}

/** What comes before a subtree's text: white space and line ends. */
function paddingOf(words: Int32Array, bytes: Uint8Array, subtree: number): number {
  const pointer = words[subtree >> 2] ?? 0;
  return (pointer & 1) === 1 ? (bytes[subtree + 6] ?? 0) : (words[(pointer + Heap.paddingBytes) >> 2] ?? 0);
}
