/** Reads what is added to a file, piece by piece. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const PIECE = 1 << 18;

export class FileTail {
  private readonly descriptor: number;
  private readonly buffer = Buffer.allocUnsafe(PIECE);
  private position = 0;

  /** @throws what the system says when it can't be opened */
  constructor(path: string) {
    this.descriptor = openSync(path, "r");
  }

  /** Bytes that are there and not read yet. A file that has become shorter is read from its beginning. */
  behind(): number {
    const { size } = fstatSync(this.descriptor);
    if (size < this.position) this.position = 0;
    return size - this.position;
  }

  /** The next piece, valid until the next call; undefined at the end. */
  read(): Uint8Array | undefined {
    if (this.behind() === 0) return undefined;
    const length = readSync(this.descriptor, this.buffer, 0, PIECE, this.position);
    this.position += length;
    return length === 0 ? undefined : this.buffer.subarray(0, length);
  }

  /** Leaves out all but the last bytes. @returns how many were left out. */
  skipTo(last: number): number {
    const skipped = Math.max(0, this.behind() - last);
    this.position += skipped;
    return skipped;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
