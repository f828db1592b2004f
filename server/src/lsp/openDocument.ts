/** An open document: its text, kept in step with the editor edit by edit, and what has been made of it when somebody asked. */
import type { Position, TextDocumentContentChangeEvent } from "vscode-languageserver/node";
import { Script } from "../script/script.js";
import { mended } from "../syntax/mend.js";
import { SyntaxTree, type PythonParser } from "../syntax/parser.js";
import { LineIndex } from "../syntax/text.js";

export class OpenDocument {
  /** Counts the edits, whatever the client does with `version`. */
  revision = 0;
  private currentText: string;
  private tree: SyntaxTree | undefined;
  private currentScript: Script | undefined;
  private index: LineIndex | undefined;
  /** Where the last edit ended: the line that is being typed. */
  private lastEdit = 0;

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

  /** The script as the document stands now. Parses on need: a file that names no library never does. */
  script(parser: PythonParser): Script {
    this.tree ??= new SyntaxTree(parser, this.currentText);
    this.currentScript ??= new Script(mended(parser, this.tree.flat, this.lines, this.lastEdit));
    return this.currentScript;
  }

  /** One `didChange`: splices the text and tells the tree. Parses nothing, and no change that can be applied to the text fails here. */
  apply(changes: readonly TextDocumentContentChangeEvent[], version: number): this {
    this.version = version;
    this.revision++;
    let places = new Places(this.lines);
    for (const change of changes) {
      if ("range" in change) {
        if (!places.hold(change.range.end)) places = new Places(this.lines);
        this.splice(places.lines.offsetAt(change.range.start), places.lines.offsetAt(change.range.end), change.text);
        places.validBefore = change.range.start;
      } else {
        this.replace(change.text);
        places = new Places(this.lines);
      }
    }
    return this;
  }

  /** Gives back the memory of the tree and of the script while the document is out of sight. */
  rest(): void {
    this.tree?.rest();
    this.currentScript = undefined;
  }

  dispose(): void {
    this.tree?.dispose();
    this.tree = undefined;
    this.currentScript = undefined;
  }

  private splice(from: number, to: number, newText: string): void {
    const [start, oldEnd] = from <= to ? [from, to] : [to, from];
    const text = this.currentText.slice(0, start) + newText + this.currentText.slice(oldEnd);
    this.lastEdit = start + newText.replace(/[\r\n]+$/, "").length;
    this.changed(text);
    try {
      this.tree?.edit(text, { start, oldEnd, newEnd: start + newText.length });
    } catch {
      // A tree that can't follow is dropped: the next parse is a full one, and right.
      this.replace(text);
    }
  }

  private replace(text: string): void {
    this.changed(text);
    this.tree?.dispose();
    this.tree = undefined;
  }

  private changed(text: string): void {
    this.currentText = text;
    this.currentScript = undefined;
    this.index = undefined;
  }
}

/**
 * Line starts that outlive an edit for what lies before it. Editors send the edits of many cursors from the last to the first, so one
 * count of the lines serves them all.
 */
class Places {
  validBefore: Position | undefined;

  constructor(readonly lines: LineIndex) {}

  hold({ line, character }: Position): boolean {
    const { validBefore: before } = this;
    return before === undefined || line < before.line || (line === before.line && character <= before.character);
  }
}
