/** Several rounds of edits to one text, seen as one round of edits to the text that it was at first. */
import type { Edit } from "../analysis/finding.js";

/** A stretch of the current text: kept from the original, or written since. */
type Piece = { readonly kind: "kept"; readonly start: number; readonly end: number } | { readonly kind: "written"; readonly text: string };

export class EditHistory {
  private pieces: readonly Piece[];

  constructor(private readonly original: string) {
    this.pieces = [{ kind: "kept", start: 0, end: original.length }];
  }

  /** Non-overlapping edits to the text as the earlier calls left it. */
  apply(edits: readonly Edit[]): void {
    for (const edit of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) this.applyOne(edit);
  }

  /** Ascending edits to the original text. What an edit leaves the same at its ends is no part of it. */
  edits(): Edit[] {
    const edits: Edit[] = [];
    let end = 0;
    let written = "";
    const close = (start: number): void => {
      const edit = trimmed(this.original, { start: end, end: start, newText: written });
      if (edit) edits.push(edit);
      written = "";
    };
    for (const piece of this.pieces) {
      if (piece.kind === "written") {
        written += piece.text;
      } else {
        close(piece.start);
        end = piece.end;
      }
    }
    close(this.original.length);
    return edits;
  }

  private applyOne(edit: Edit): void {
    const before: Piece[] = [];
    const after: Piece[] = [];
    let offset = 0;
    for (const piece of this.pieces) {
      const length = lengthOf(piece);
      const from = Math.max(0, Math.min(length, edit.start - offset));
      const to = Math.max(0, Math.min(length, edit.end - offset));
      if (from > 0) before.push(cut(piece, 0, from));
      if (to < length) after.push(cut(piece, to, length));
      offset += length;
    }
    this.pieces = [...before, ...(edit.newText === "" ? [] : [{ kind: "written" as const, text: edit.newText }]), ...after];
  }
}

function lengthOf(piece: Piece): number {
  return piece.kind === "kept" ? piece.end - piece.start : piece.text.length;
}

function cut(piece: Piece, from: number, to: number): Piece {
  return piece.kind === "kept" ? { kind: "kept", start: piece.start + from, end: piece.start + to } : { kind: "written", text: piece.text.slice(from, to) };
}

/** The edit without what it leaves the same at its ends; undefined when that is all of it. */
function trimmed(text: string, edit: Edit): Edit | undefined {
  const old = text.slice(edit.start, edit.end);
  const limit = Math.min(old.length, edit.newText.length);
  let tail = 0;
  while (tail < limit && old.at(-1 - tail) === edit.newText.at(-1 - tail)) tail++;
  while (tail > 0 && (isInsideCharacter(old, old.length - tail) || isInsideCharacter(edit.newText, edit.newText.length - tail))) tail--;
  let head = 0;
  while (head < limit - tail && old[head] === edit.newText[head]) head++;
  while (head > 0 && (isInsideCharacter(old, head) || isInsideCharacter(edit.newText, head))) head--;
  const newText = edit.newText.slice(head, edit.newText.length - tail);
  const [start, end] = [edit.start + head, edit.end - tail];
  return start === end && newText === "" ? undefined : { start, end, newText };
}

/** No position of an editor lies between two surrogates, nor between `\r` and `\n`. */
function isInsideCharacter(text: string, offset: number): boolean {
  const [before, after] = [text.charAt(offset - 1), text.charAt(offset)];
  return (before === "\r" && after === "\n") || (/[\uD800-\uDBFF]/.test(before) && /[\uDC00-\uDFFF]/.test(after));
}
