/** Applies fixes until nothing is left to fix: always from the findings of the current text, never from stored ones. */
import { applyEdits } from "../analysis/applyEdits.js";
import type { Edit, Finding, Fix } from "../analysis/finding.js";

/** A fix may make room for another; that a script needs more rounds than this has not been seen. */
const MOST_ROUNDS = 10;

export interface FixedText {
  readonly text: string;
  /** How many findings were fixed. */
  readonly applied: number;
}

/**
 * The text with every safe fix applied (unsafe ones too where asked), to a fixed point. Fixes that overlap wait for the next round.
 * Placeholders are for people.
 */
export function fixAll(text: string, check: (text: string) => readonly Finding[], { unsafe = false } = {}): FixedText {
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
    current = next;
    applied += fixed;
  }
  return { text: current, applied };
}

function chosen(finding: Finding, unsafe: boolean): Fix | undefined {
  return finding.fixes.find((fix) => fix.safety === "safe") ?? (unsafe ? finding.fixes.find((fix) => fix.safety === "unsafe") : undefined);
}

/** Two insertions at one place overlap as well: their order would be a guess. */
function overlap(a: Edit, b: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

/** The smallest edit that turns one text into the other: what they share at both ends stays. */
export function smallestEdit(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && before[start] === after[start]) start++;
  let shared = 0;
  while (shared < limit - start && before[before.length - 1 - shared] === after[after.length - 1 - shared]) shared++;
  return { start, end: before.length - shared, newText: after.slice(start, after.length - shared) };
}
