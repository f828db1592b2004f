/** Reads a Python file, or says why it can't be checked. */
import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";

/** No training script is this long; what is, is data. */
export const MOST_BYTES = 10_000_000;

/** Why a file can't be checked, as a clause: "it is not UTF-8". */
export class Unreadable extends Error {}

/** @throws Unreadable */
export function readSource(path: string): string {
  if (path.endsWith(".ipynb")) throw new Unreadable("notebooks are not checked yet");
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) throw new Unreadable(`it is larger than ${MOST_BYTES / 1_000_000} MB`);
    return decoded(readFileSync(path));
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable(reasonOf(error));
  }
}

/** @throws Unreadable */
export function readStdin(): string {
  return decoded(readFileSync(0));
}

function decoded(bytes: Buffer): string {
  if (bytes.length > MOST_BYTES) throw new Unreadable(`it is larger than ${MOST_BYTES / 1_000_000} MB`);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) throw new Unreadable("it is UTF-16; save it as UTF-8");
  if (bytes.includes(0)) throw new Unreadable("it is binary: it holds a NUL byte");
  if (!isUtf8(bytes)) throw new Unreadable("it is not UTF-8");
  // Keeps a byte order mark, so that offsets and what `--fix` writes stay those of the file.
  return bytes.toString("utf8");
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ELOOP: "too many symbolic links",
};

/** The system's reason for a failure, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
  return (code === undefined ? undefined : reasons[code]) ?? (error instanceof Error ? error.message : String(error));
}
