/** Cuts a stream of bytes into lines of JSON. */
import { StringDecoder } from "node:string_decoder";
import type { z } from "zod";

export class JsonLines<Line> {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  constructor(
    private readonly schema: z.ZodType<Line>,
    private readonly take: (line: Line) => void,
  ) {}

  /** A line that can't be read (a disk that was full has torn it) is left out. */
  push(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const parsed = this.schema.safeParse(parseJson(line));
      if (parsed.success) this.take(parsed.data);
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No schema takes it: said above.
    return undefined;
  }
}
