/** Reads what a script prints, as it comes: bytes in, progress and metrics out. Pure; keeps only what the next chunk needs. */
import type { OutputEvent } from "./outputEvent.js";

export class OutputReader {
  /** @param at when the chunk was read */
  push(chunk: Uint8Array, at: Date): OutputEvent[] {
    void chunk;
    void at;
    return [];
  }
}
