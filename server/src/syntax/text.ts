/**
 * Offsets and positions in a source text.
 *
 * Everything inside the engine counts in UTF-16 code units from the start of the text, which is what JavaScript strings,
 * web-tree-sitter and LSP's default encoding all use. Only this module knows where lines begin.
 */

/** A half-open stretch of a text: `start <= offset < end`, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A position as LSP counts: lines end at `\n`, `\r\n` or a lone `\r`; `character` is in UTF-16 code units. Both from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The byte order mark that some editors leave at the start of a file. It is one code unit wide and belongs to no column. */
export const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Where the lines of one text begin.
 *
 * tree-sitter breaks rows at `\n` only, LSP at a lone `\r` too, so positions are always computed from offsets here and never taken
 * from the tree.
 */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let offset = 0; offset < text.length; offset++) {
      const unit = text.charCodeAt(offset);
      if (unit === LINE_FEED || (unit === CARRIAGE_RETURN && text.charCodeAt(offset + 1) !== LINE_FEED)) {
        this.starts.push(offset + 1);
      }
    }
  }

  /** Number of lines; an empty text has one. */
  get lineCount(): number {
    return this.starts.length;
  }

  /** The offset at which a line begins; lines past the end begin at the end of the text. */
  lineStart(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** The offset just before a line's terminator. */
  lineEnd(line: number): number {
    let end = this.lineStart(line + 1);
    while (end > this.lineStart(line) && isLineBreak(this.text.charCodeAt(end - 1))) end--;
    return end;
  }

  /** The line that holds an offset (binary search). */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineOf(clamped);
    return { line, character: clamped - this.lineStart(line) };
  }

  /** The offset of a position; characters past the end of the line clamp to it, as LSP asks. */
  offsetAt(position: Position): number {
    if (position.line >= this.lineCount) return this.text.length;
    const start = this.lineStart(Math.max(0, position.line));
    return Math.min(start + Math.max(0, position.character), this.lineEnd(position.line));
  }

  /**
   * Row and column from 1 in Unicode characters, as the terminal prints and as ruff's JSON counts. A byte order mark is no column.
   */
  rowColumn(offset: number): { row: number; column: number } {
    const { line } = this.positionAt(offset);
    let column = 1;
    for (let i = this.lineStart(line); i < offset; ) {
      const codePoint = this.text.codePointAt(i) ?? 0;
      if (!(i === 0 && this.text.startsWith(BYTE_ORDER_MARK))) column++;
      i += codePoint > 0xffff ? 2 : 1;
    }
    return { row: line + 1, column };
  }
}

function isLineBreak(unit: number): boolean {
  return unit === LINE_FEED || unit === CARRIAGE_RETURN;
}

/** The line terminator that a text uses first, so that what a fix inserts looks like its surroundings. */
export function lineTerminatorOf(text: string): "\n" | "\r\n" | "\r" {
  const match = /\r\n|\n|\r/.exec(text);
  return (match?.[0] ?? "\n") as "\n" | "\r\n" | "\r";
}
