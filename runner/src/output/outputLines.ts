/** Bytes -> pieces of text as a terminal would show them one after the other: ended by a line break, or by the carriage return of a bar. */

/** A longer line says nothing of training; its beginning is kept and the rest passed over. */
const LONGEST = 64 * 1024;

// A program's words to the terminal: colours, cursor movements, window titles.
const ESCAPES = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_])/gu;

export interface OutputPiece {
  readonly text: string;
  /** Whether the cursor goes up behind it: tqdm draws its second bar, below the first, this way. */
  readonly below: boolean;
}

export class OutputLines {
  private readonly decoder = new TextDecoder("utf-8", { fatal: false });
  private rest = "";

  push(chunk: Uint8Array): OutputPiece[] {
    const text = this.decoder.decode(chunk, { stream: true });
    const pieces: OutputPiece[] = [];
    let start = 0;
    for (const { index } of text.matchAll(/[\r\n]/gu)) {
      this.grow(text, start, index);
      start = index + 1;
      const piece = this.take();
      if (piece) pieces.push(piece);
    }
    this.grow(text, start, text.length);
    return pieces;
  }

  /** What has come without an end so far: a bar stands on the screen long before the next one replaces it. */
  get unfinished(): OutputPiece | undefined {
    return pieceOf(this.rest);
  }

  /** Takes what is unfinished as a whole piece. */
  take(): OutputPiece | undefined {
    const piece = pieceOf(this.rest);
    this.rest = "";
    return piece;
  }

  private grow(text: string, start: number, end: number): void {
    const room = LONGEST - this.rest.length;
    if (end > start && room > 0) this.rest += text.slice(start, Math.min(end, start + room));
  }
}

function pieceOf(raw: string): OutputPiece | undefined {
  if (raw === "") return undefined;
  if (!raw.includes("\u001B")) return raw.trim() === "" ? undefined : { text: raw, below: false };
  const text = raw.replace(ESCAPES, "");
  return text.trim() === "" ? undefined : { text, below: raw.endsWith("\u001B[A") };
}
