/** Addresses of documents as paths of files. */
import { fileURLToPath } from "node:url";

/** The path of a file on disk; undefined for any other document, and for an address that this system can't read. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(uri);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
