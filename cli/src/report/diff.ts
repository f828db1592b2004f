/** The unified diff of what fixes change. */
import { applyEdits } from "../../../server/src/analysis/applyEdits.js";
import type { Edit } from "../../../server/src/analysis/finding.js";
import type { Paint } from "../terminal/style.js";

const CONTEXT = 3;

/** A stretch of changed lines: `[first, first + removed.length)` of the old text. Lines keep their terminators. */
interface Change {
  readonly first: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** As `diff -u` prints it and `patch` reads it; nothing when nothing changes. Edits are ascending and apart from each other. */
export function unifiedDiff(shown: string, text: string, edits: readonly Edit[], paint: Paint): string {
  const lines = linesOf(text);
  const changes = changesOf(text, lines, edits);
  if (changes.length === 0) return "";
  const output = [paint(`--- ${shown}`, "bold"), paint(`+++ ${shown}`, "bold")];
  let shift = 0;
  for (const hunk of hunksOf(changes)) {
    const first = Math.max(0, (hunk[0]?.first ?? 0) - CONTEXT);
    const lastChange = hunk[hunk.length - 1];
    const end = Math.min(lines.length, (lastChange?.first ?? 0) + (lastChange?.removed.length ?? 0) + CONTEXT);
    const growth = hunk.reduce((sum, { added, removed }) => sum + added.length - removed.length, 0);
    output.push(paint(`@@ -${range(first, end - first)} +${range(first + shift, end - first + growth)} @@`, "cyan"));
    let at = first;
    const show = (sign: string, line: string): void => {
      const content = `${sign}${line.replace(/\n$/, "")}`;
      output.push(sign === "+" ? paint(content, "green") : sign === "-" ? paint(content, "red") : content);
      if (!line.endsWith("\n")) output.push("\\ No newline at end of file");
    };
    for (const change of hunk) {
      for (; at < change.first; at++) show(" ", lines[at] ?? "");
      change.removed.forEach((line) => {
        show("-", line);
      });
      change.added.forEach((line) => {
        show("+", line);
      });
      at += change.removed.length;
    }
    for (; at < end; at++) show(" ", lines[at] ?? "");
    shift += growth;
  }
  return `${output.join("\n")}\n`;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function changesOf(text: string, lines: readonly string[], edits: readonly Edit[]): Change[] {
  const starts = [0];
  for (const line of lines) starts.push((starts[starts.length - 1] ?? 0) + line.length);
  const startOf = (line: number): number => starts[line] ?? text.length;
  const lineOf = (offset: number): number => {
    let line = starts.findIndex((start) => start > offset);
    line = line < 0 ? lines.length - 1 : line - 1;
    return Math.max(0, line);
  };
  // Edits that share a line are one change.
  const groups: { first: number; last: number; edits: Edit[] }[] = [];
  for (const edit of edits) {
    const first = lineOf(edit.start);
    const last = lineOf(edit.end);
    const group = groups[groups.length - 1];
    if (group && first <= group.last) {
      group.last = Math.max(group.last, last);
      group.edits.push(edit);
    } else groups.push({ first, last, edits: [edit] });
  }
  const changes = groups.flatMap(({ first, last, edits: own }) => {
    const base = startOf(first);
    const old = text.slice(base, startOf(last + 1));
    const fresh = applyEdits(old, own.map((edit) => ({ ...edit, start: edit.start - base, end: edit.end - base })));
    return trimmed({ first, removed: linesOf(old), added: linesOf(fresh) });
  });
  return adjacentMerged(changes);
}

/** What is removed stands before what is added, also where two changes meet. */
function adjacentMerged(changes: readonly Change[]): Change[] {
  const merged: Change[] = [];
  for (const change of changes) {
    const previous = merged[merged.length - 1];
    if (previous && previous.first + previous.removed.length === change.first) {
      merged[merged.length - 1] = { first: previous.first, removed: [...previous.removed, ...change.removed], added: [...previous.added, ...change.added] };
    } else merged.push(change);
  }
  return merged;
}

/** Without the lines that are the same at both ends; nothing if all are. */
function trimmed({ first, removed, added }: Change): Change[] {
  let head = 0;
  while (head < removed.length && head < added.length && removed[head] === added[head]) head++;
  let tail = 0;
  while (tail < removed.length - head && tail < added.length - head && removed.at(-1 - tail) === added.at(-1 - tail)) tail++;
  const change = { first: first + head, removed: removed.slice(head, removed.length - tail), added: added.slice(head, added.length - tail) };
  return change.removed.length + change.added.length > 0 ? [change] : [];
}

/** Changes whose contexts touch are one hunk. */
function hunksOf(changes: readonly Change[]): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const hunk = hunks[hunks.length - 1];
    const previous = hunk?.[hunk.length - 1];
    if (hunk && previous && change.first - (previous.first + previous.removed.length) <= 2 * CONTEXT) hunk.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function range(first: number, count: number): string {
  const start = count === 0 ? first : first + 1;
  return count === 1 ? String(start) : `${start},${count}`;
}
