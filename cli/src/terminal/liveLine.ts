/**
 * One line at the bottom of a terminal that is drawn anew in its place, and text that goes above it. Each change is one write, new text
 * over old, so that nothing flickers.
 */
import { displayWidth } from "./display.js";

export interface Terminal {
  readonly write: (text: string) => void;
  /** Columns that it has now. */
  readonly columns: () => number;
}

const clearToEnd = "\u001B[K";
const clearBelow = "\u001B[J";

export class LiveLine {
  private shown = "";
  private width = 0;

  constructor(private readonly terminal: Terminal) {}

  /** @param width in columns: less than the terminal has, or it would wrap. */
  show(line: string, width: number): void {
    if (line === this.shown) return;
    this.terminal.write(`\r${line}${clearToEnd}`);
    this.shown = line;
    this.width = width;
  }

  /** Whole lines, above. */
  print(lines: string): void {
    if (lines === "") return;
    this.terminal.write(this.shown === "" ? lines : `\r${clearToEnd}${lines}${this.shown}`);
  }

  clear(): void {
    if (this.shown !== "") this.terminal.write(`\r${clearToEnd}`);
    this.forget();
  }

  /** The terminal has another width: what was one line may be several rows now. */
  resized(): void {
    const rows = Math.ceil(this.width / Math.max(1, this.terminal.columns()));
    if (this.shown !== "") this.terminal.write(`${rows > 1 ? `\u001B[${rows - 1}A` : ""}\r${clearBelow}`);
    this.forget();
  }

  private forget(): void {
    this.shown = "";
    this.width = 0;
  }
}

/** Those of the parts, `gap` columns apart, that fit into fewer than `columns`; the first ones are the most important. */
export function fitting(parts: readonly string[], columns: number, gap: number): { readonly parts: readonly string[]; readonly width: number } {
  const kept: string[] = [];
  let width = 0;
  for (const part of parts) {
    const more = displayWidth(part) + (kept.length === 0 ? 0 : gap);
    if (width + more >= columns) continue;
    kept.push(part);
    width += more;
  }
  return { parts: kept, width };
}
