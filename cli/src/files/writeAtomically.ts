/** Replaces a file's text so that nobody ever sees half of it: the new text is written beside it and put in its place. */
import { realpathSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** @throws what the system says; the file is then as it was. */
export function writeAtomically(path: string, text: string): void {
  // A symbolic link stays one: what it points at is replaced.
  const target = realpathSync(path);
  const { mode } = statSync(target);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.hf-preflight`);
  try {
    writeFileSync(temporary, text, { mode, flush: true });
    renameSync(temporary, target);
  } catch (error) {
    removeIfThere(temporary);
    throw error;
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made, or can't be removed: the failure that led here is the one to tell.
    return;
  }
}
