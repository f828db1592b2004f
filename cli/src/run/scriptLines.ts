/** What a script prints, as lines for a terminal that shows a line of its own below them. */
import { displayable } from "../terminal/display.js";

/** A longer line without an end is shown in pieces. In UTF-16 units. */
const LONGEST = 16_384;

const colours = /\u001B\[[0-9;:]*m/u;
// Colours, cursor movements, window titles, and the short ones.
const escapes = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_=>])/gu;

export class ScriptLines {
  private readonly decoder = new TextDecoder("utf-8");
  private rest = "";

  constructor(private readonly isColoured: boolean) {}

  /** @returns the lines that are whole now, each with its end. Of a progress bar only its last state. */
  push(piece: Uint8Array): string {
    return this.take(this.rest + this.decoder.decode(piece, { stream: true }));
  }

  /** What stands in the last line without an end: a progress bar's present state, most often. */
  get unfinished(): string {
    return this.shown(this.rest);
  }

  /** @returns what is left when no more will come. */
  end(): string {
    const lines = this.take(this.rest + this.decoder.decode());
    const last = this.unfinished;
    this.rest = "";
    return last === "" ? lines : `${lines}${last}\n`;
  }

  private take(text: string): string {
    const lines = text.split("\n");
    this.rest = lines.pop() ?? "";
    let whole = lines.map((line) => `${this.shown(line)}\n`).join("");
    if (this.rest.length > LONGEST) {
      whole += `${this.shown(this.rest)}\n`;
      this.rest = "";
    }
    return whole;
  }

  private shown(line: string): string {
    const states = line.split("\r").filter((state) => state.replace(escapes, "").trim() !== "");
    const last = states.at(-1) ?? "";
    let text = "";
    let end = 0;
    let hasColour = false;
    for (const match of last.matchAll(escapes)) {
      const keeps = this.isColoured && colours.test(match[0]);
      text += displayable(last.slice(end, match.index)) + (keeps ? match[0] : "");
      hasColour ||= keeps;
      end = match.index + match[0].length;
    }
    return `${text}${displayable(last.slice(end))}${hasColour ? "\u001B[0m" : ""}`;
  }
}
