/**
 * The one place that holds web-tree-sitter: loads the wasm once, owns the trees, frees them.
 *
 * It must not read files (the caller brings the bytes) and never throws on broken Python: tree-sitter always gives a tree.
 */
import { Language, Parser, type Tree } from "web-tree-sitter";
import { Earlier, followedBy, type Flattened, type TextChange } from "./earlier.js";
import type { FlatTree } from "./flatTree.js";
import { flattenPublic } from "./flatten.js";
import { grammarTables, type GrammarTables } from "./kind.js";
import { asWasmModule, flattenAgain, flattenFromMemory, type WasmModule } from "./treeMemory.js";

/** The two files of `grammars/`, read by the caller. */
export interface GrammarBytes {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

/** Python, ready to parse. Load once per process. */
export class PythonParser {
  private constructor(
    private readonly parser: Parser,
    private readonly tables: GrammarTables,
    private readonly module: WasmModule | undefined,
  ) {}

  /** @throws when the bytes are no wasm or grammar and runtime don't fit together. */
  static async load(bytes: GrammarBytes): Promise<PythonParser> {
    const module = { wasmBinary: bytes.runtime };
    // `wasmBinary` is emscripten's own option; web-tree-sitter's types leave it out.
    await Parser.init(module as unknown as Parameters<typeof Parser.init>[0]);
    const language = await Language.load(bytes.python);
    const parser = new Parser();
    parser.setLanguage(language);
    return new PythonParser(parser, grammarTables(language), asWasmModule(module));
  }

  /** A text of its own, not meant to be edited: parsed, flattened, and its tree freed at once. */
  parse(text: string): FlatTree {
    const tree = this.parseTree(text, null);
    const flat = this.module ? flattenFromMemory(tree, text, this.module, this.tables) : flattenPublic(tree, text, this.tables);
    tree.delete();
    return flat;
  }

  /** @internal for SyntaxTree */
  parseTree(text: string, old: Tree | null): Tree {
    const tree = this.parser.parse(text, old);
    if (!tree) throw new Error("tree-sitter returned no tree: no language is set");
    return tree;
  }

  /** @internal for SyntaxTree */
  flatten(tree: Tree, text: string, earlier: Earlier | undefined): { readonly flat: FlatTree; readonly kept: Flattened | undefined } {
    if (!this.module) return { flat: flattenPublic(tree, text, this.tables), kept: undefined };
    const kept = flattenAgain(tree, text, this.module, this.tables, earlier);
    return { flat: kept.flat, kept };
  }

  /** Both ways of flattening, for the test that holds them against each other; `memory` is absent when this build doesn't show its memory. */
  flattenBothWays(text: string): { readonly memory: FlatTree | undefined; readonly public: FlatTree } {
    const tree = this.parseTree(text, null);
    const both = {
      memory: this.module && flattenFromMemory(tree, text, this.module, this.tables),
      public: flattenPublic(tree, text, this.tables),
    };
    tree.delete();
    return both;
  }
}

/**
 * The syntax of one open document. `edit` is cheap and is all that typing costs; parsing waits until somebody asks for `flat`.
 *
 * The wasm tree is kept between versions so that the next parse is incremental; `rest` gives its memory back while the document is
 * out of sight.
 */
export class SyntaxTree {
  private tree: Tree | null = null;
  private flattened: FlatTree | undefined;
  /** What was made of `tree` as it was before the edits that have been told it since. */
  private kept: Flattened | undefined;
  private edited: TextChange | undefined;

  constructor(
    private readonly parser: PythonParser,
    private currentText: string,
  ) {}

  get text(): string {
    return this.currentText;
  }

  /** Takes over a changed text. An edit that doesn't fit the old text costs a full parse, nothing else. */
  edit(newText: string, change: TextChange): void {
    const fits =
      change.start <= change.oldEnd &&
      change.oldEnd <= this.currentText.length &&
      newText.length - this.currentText.length === change.newEnd - change.oldEnd;
    this.flattened = undefined;
    this.currentText = newText;
    if (!this.tree) return;
    if (!fits) return this.dropTree();
    this.edited = followedBy(this.edited, change);
    // Rows and columns of the tree are never read (text.ts counts them from offsets), so zeros serve.
    const origin = { row: 0, column: 0 };
    this.tree.edit({
      startIndex: change.start,
      oldEndIndex: change.oldEnd,
      newEndIndex: change.newEnd,
      startPosition: origin,
      oldEndPosition: origin,
      newEndPosition: origin,
    } as Parameters<Tree["edit"]>[0]);
  }

  /** Replaces the whole text. */
  reset(newText: string): void {
    this.currentText = newText;
    this.flattened = undefined;
    this.dropTree();
  }

  /** The current text, parsed: incrementally where an edited tree is at hand. */
  get flat(): FlatTree {
    if (!this.flattened) {
      const old = this.tree;
      this.tree = this.parser.parseTree(this.currentText, old);
      const earlier = this.kept && this.edited && new Earlier(this.kept, this.edited);
      const { flat, kept } = this.parser.flatten(this.tree, this.currentText, earlier);
      old?.delete();
      this.flattened = flat;
      this.kept = kept;
      this.edited = undefined;
    }
    return this.flattened;
  }

  /** Gives back the wasm memory; the next parse is a full one. */
  rest(): void {
    this.dropTree();
  }

  dispose(): void {
    this.flattened = undefined;
    this.dropTree();
  }

  private dropTree(): void {
    this.tree?.delete();
    this.tree = null;
    this.kept = undefined;
    this.edited = undefined;
  }
}
