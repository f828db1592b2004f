/**
 * The one place that holds web-tree-sitter: loads the wasm once, owns the trees, frees them.
 *
 * It must not read files (the caller brings the bytes) and never throws on broken Python: tree-sitter always gives a tree.
 */
import { Language, Parser, type Tree } from "web-tree-sitter";
import type { FlatTree } from "./flatTree.js";
import { flattenPublic } from "./flatten.js";
import { grammarTables, type GrammarTables } from "./kind.js";
import { asWasmModule, flattenFromMemory, type WasmModule } from "./treeMemory.js";

/** The two files of `grammars/`, read by the caller. */
export interface GrammarBytes {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

/** One change of a text: `[start, oldEnd)` of the old text became `[start, newEnd)` of the new. UTF-16 code units. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
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
    const source = new SyntaxTree(this, text);
    const flat = source.flat;
    source.dispose();
    return flat;
  }

  /** @internal for SyntaxTree */
  parseTree(text: string, old: Tree | null): Tree {
    const tree = this.parser.parse(text, old);
    if (!tree) throw new Error("tree-sitter returned no tree: no language is set");
    return tree;
  }

  /** @internal for SyntaxTree */
  flatten(tree: Tree, text: string): FlatTree {
    return this.module ? flattenFromMemory(tree, text, this.module, this.tables) : flattenPublic(tree, text, this.tables);
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
      old?.delete();
      this.flattened = this.parser.flatten(this.tree, this.currentText);
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
  }
}
