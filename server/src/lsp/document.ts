/** An open document: its text, kept in step with the editor edit by edit, and its syntax when somebody asks for it. */
import type { TextDocumentContentChangeEvent } from "vscode-languageserver/node";
import { SyntaxTree, type PythonParser } from "../syntax/parser.js";
import { LineIndex } from "../syntax/text.js";

export class OpenDocument {
  private currentText: string;
  private syntaxTree: SyntaxTree | undefined;
  private index: LineIndex | undefined;

  constructor(
    readonly uri: string,
    readonly languageId: string,
    public version: number,
    text: string,
  ) {
    this.currentText = text;
  }

  get text(): string {
    return this.currentText;
  }

  get lines(): LineIndex {
    this.index ??= new LineIndex(this.currentText);
    return this.index;
  }

  /** Made on first need: a file that names no library never gets one. */
  syntax(parser: PythonParser): SyntaxTree {
    this.syntaxTree ??= new SyntaxTree(parser, this.currentText);
    return this.syntaxTree;
  }

  /** One `didChange`. Splices text and tells the tree; parses nothing and can't throw. */
  apply(changes: readonly TextDocumentContentChangeEvent[], version: number): this {
    for (const change of changes) {
      if (!("range" in change)) {
        this.replace(change.text);
        continue;
      }
      const [from, to] = [this.lines.offsetAt(change.range.start), this.lines.offsetAt(change.range.end)];
      const [start, oldEnd] = from <= to ? [from, to] : [to, from];
      const text = this.currentText.slice(0, start) + change.text + this.currentText.slice(oldEnd);
      this.syntaxTree?.edit(text, { start, oldEnd, newEnd: start + change.text.length });
      this.currentText = text;
      this.index = undefined;
    }
    this.version = version;
    return this;
  }

  /** Gives back the memory of the wasm tree while the document is out of sight. */
  rest(): void {
    this.syntaxTree?.rest();
  }

  dispose(): void {
    this.syntaxTree?.dispose();
    this.syntaxTree = undefined;
  }

  private replace(text: string): void {
    this.currentText = text;
    this.index = undefined;
    this.syntaxTree?.reset(text);
  }
}
