/** Applies fixes until nothing is left to fix: always from the findings of the current text, never from stored ones. */
import { applyEdits } from "../analysis/applyEdits.js";
import type { Edit, Finding, Fix } from "../analysis/finding.js";
import { EditHistory } from "./editHistory.js";

/** A fix may make room for another; that a script needs more rounds than this has not been seen. */
const MOST_ROUNDS = 10;

export interface FixedText {
  readonly text: string;
  /** How many findings were fixed. */
  readonly applied: number;
  /** What leads from the original text to the fixed one: ascending, apart from each other, and no longer than they need be. */
  readonly edits: readonly Edit[];
}

/**
 * The text with every safe fix applied (unsafe ones too where asked), to a fixed point. Fixes that overlap wait for the next round.
 * Placeholders are for people.
 */
export function fixAll(text: string, check: (text: string) => readonly Finding[], { unsafe = false } = {}): FixedText {
  const history = new EditHistory(text);
  let current = text;
  let applied = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const edits: Edit[] = [];
    let fixed = 0;
    for (const finding of check(current)) {
      const fix = chosen(finding, unsafe);
      if (!fix || fix.edits.some((edit) => edits.some((other) => overlap(edit, other)))) continue;
      edits.push(...fix.edits);
      fixed++;
    }
    const next = applyEdits(current, edits);
    if (fixed === 0 || next === current) break;
    history.apply(edits);
    current = next;
    applied += fixed;
  }
  return { text: current, applied, edits: history.edits() };
}

function chosen(finding: Finding, unsafe: boolean): Fix | undefined {
  return finding.fixes.find((fix) => fix.safety === "safe") ?? (unsafe ? finding.fixes.find((fix) => fix.safety === "unsafe" && !fix.file) : undefined);
}

/** Two insertions at one place overlap as well: their order would be a guess. */
function overlap(a: Edit, b: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
