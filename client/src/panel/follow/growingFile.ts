/** Reads what a growing file has got since the last time, without holding up the extension host. */
import { open, type FileHandle } from "node:fs/promises";

/** Of one read, in bytes. */
const chunk = 256 * 1024;

export class GrowingFile {
  #offset = 0;

  constructor(private readonly path: string) {}

  /** Begins so many bytes before the end instead of at the beginning. Resolves to whether something is left out. */
  async skipTo(lastBytes: number): Promise<boolean> {
    const size = await withFile(this.path, async (file) => (await file.stat()).size);
    this.#offset = Math.max(0, (size ?? 0) - lastBytes);
    return this.#offset > 0;
  }

  /** Calls `take` with each new piece, in order. A file that isn't there (yet, or any more) has nothing new. */
  async read(take: (bytes: Uint8Array) => void): Promise<void> {
    await withFile(this.path, async (file) => {
      // Somebody has emptied it.
      if ((await file.stat()).size < this.#offset) this.#offset = 0;
      for (;;) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(chunk), 0, chunk, this.#offset);
        if (bytesRead === 0) return;
        this.#offset += bytesRead;
        take(buffer.subarray(0, bytesRead));
      }
    });
  }
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return undefined;
    throw error;
  }
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
