/** Applies the edits of fixes to a text. */
import type { Edit } from "./finding.js";

/** The text with non-overlapping edits applied; their order doesn't matter. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) {
    result = result.slice(0, edit.start) + edit.newText + result.slice(edit.end);
  }
  return result;
}
