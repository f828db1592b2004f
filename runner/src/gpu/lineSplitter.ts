/** Cuts what a process prints into lines, whatever the pieces are in which it arrives. */
import { StringDecoder } from "node:string_decoder";

/** No line of nvidia-smi comes near this; what is longer is garbage, and is dropped up to the next line break. */
const LONGEST_LINE = 4096;

export class LineSplitter {
  private readonly decoder = new StringDecoder("utf8");
  private rest = "";
  private dropping = false;

  push(chunk: Buffer): string[] {
    const parts = (this.rest + this.decoder.write(chunk)).split(/\r\n|\n|\r(?!$)/u);
    this.rest = parts.pop() ?? "";
    const lines = parts.filter((line, place) => !(place === 0 && this.dropping) && line.length <= LONGEST_LINE);
    if (parts.length > 0) this.dropping = false;
    if (this.rest.length > LONGEST_LINE) {
      this.dropping = true;
      this.rest = "";
    }
    return lines;
  }

  /** What was left without a line break, when the process ended. */
  end(): string[] {
    const last = (this.rest + this.decoder.end()).replace(/\r$/u, "");
    this.rest = "";
    return last === "" || this.dropping ? [] : [last];
  }
}
