/** The end of a log as a terminal would show it: carriage returns overwrite, colours are left out, and only so much is kept. */

/** What is kept in memory, in UTF-16 units; the whole log is on disk. */
export const largestTail = 500_000;

/** A line that is longer is cut: nobody reads more, and a browser lays it out for seconds. */
const longestLine = 4_000;

// Colours and cursor movements (CSI), window titles (OSC), and the few two-character escapes.
 
const escapes = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/gu;

export class LogTail {
  #lines: string[] = [];
  #size = 0;
  /** The line that no newline has ended yet. */
  #open = "";
  /** An escape sequence that the last piece was cut in. */
  #cut = "";
  #dropped = 0;

  constructor(private readonly limit = largestTail) {}

  /** Adds the next piece of the log, cut anywhere. */
  push(text: string): void {
    const whole = this.#cut + text;
     
    const unfinished = /\u001b(?:\[[0-9;?]*|\][^\u0007\u001b]{0,200})?$/u.exec(whole);
    this.#cut = unfinished?.[0] ?? "";
    const plain = whole.slice(0, whole.length - this.#cut.length).replace(escapes, "");
    const pieces = plain.split("\n");
    for (const [index, piece] of pieces.entries()) {
      this.#open = overwritten(this.#open, piece);
      if (index < pieces.length - 1) this.#close();
    }
    // A progress bar that never ends its line must not grow.
    if (this.#open.length > 4 * longestLine) this.#open = visible(this.#open);
  }

  /** The lines that are kept, the unfinished one last. */
  lines(): readonly string[] {
    const open = visible(this.#open);
    return open === "" ? this.#lines : [...this.#lines, open];
  }

  /** How many lines were let go. */
  get dropped(): number {
    return this.#dropped;
  }

  #close(): void {
    const line = visible(this.#open);
    this.#open = "";
    this.#lines.push(line);
    this.#size += line.length + 1;
    if (this.#size <= this.limit) return;
    // A tenth at a time, so that not every line moves all others.
    let drop = 0;
    while (drop < this.#lines.length - 1 && this.#size > this.limit * 0.9) {
      this.#size -= (this.#lines[drop]?.length ?? 0) + 1;
      drop += 1;
    }
    this.#lines.splice(0, drop);
    this.#dropped += drop;
  }
}

/** What a carriage return makes obsolete is let go: that before the last one with something behind it. */
function overwritten(before: string, piece: string): string {
  // Returns at the very end may be the first half of CR LF, or come before the next picture of a bar.
  return (before + piece).replace(/^.*\r(?=[^\r])/su, "");
}

/** The line as it stands on the screen. */
function visible(open: string): string {
  return open.replaceAll("\r", "").slice(0, longestLine);
}
