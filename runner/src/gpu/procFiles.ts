/** The files in which Linux tells of processes and memory. */
import { readFileSync, readlinkSync } from "node:fs";

export interface ProcFiles {
  /** Undefined where there is no such file. */
  read(path: string): string | undefined;
  link(path: string): string | undefined;
}

export const procFiles: ProcFiles = {
  read: (path) => orUndefined(() => readFileSync(path, "utf8")),
  link: (path) => orUndefined(() => readlinkSync(path)),
};

function orUndefined(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    // The process may end at any moment, and other systems have no /proc: both mean that there is nothing to read.
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
