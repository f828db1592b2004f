/** Follows a file of JSON lines that somebody else appends to. */
import { FileTail } from "../../../runner/src/fileTail.js";
import { isNotThere } from "../../../runner/src/failedWrite.js";

export class JsonLinesTail<T> {
  private tail: FileTail | undefined;
  private readonly decoder = new TextDecoder();
  private rest = "";

  /** @param parse undefined for a line that isn't one */
  constructor(
    private readonly path: string,
    private readonly parse: (json: unknown) => T | undefined,
  ) {}

  /** What has come since the last call. The file need not be there yet. */
  read(): T[] {
    const tail = this.open();
    const lines: T[] = [];
    for (let piece = tail?.read(); piece; piece = tail?.read()) {
      const whole = (this.rest + this.decoder.decode(piece, { stream: true })).split("\n");
      this.rest = whole.pop() ?? "";
      for (const line of whole) {
        const parsed = this.parsed(line);
        if (parsed !== undefined) lines.push(parsed);
      }
    }
    return lines;
  }

  close(): void {
    this.tail?.close();
    this.tail = undefined;
  }

  private open(): FileTail | undefined {
    try {
      return (this.tail ??= new FileTail(this.path));
    } catch (error) {
      if (isNotThere(error)) return undefined;
      throw error;
    }
  }

  private parsed(line: string): T | undefined {
    try {
      return this.parse(JSON.parse(line));
    } catch {
      // A line that a crash cut off.
      return undefined;
    }
  }
}
