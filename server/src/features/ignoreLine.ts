/** The edit that writes a suppression comment. */
import type { Edit, RuleId } from "../analysis/finding.js";
import { statementOf } from "../analysis/edits.js";
import { suppressionsOf } from "../analysis/suppression.js";
import type { FlatTree } from "../syntax/flatTree.js";
import { Kind } from "../syntax/kind.js";
import { LineIndex, lineTerminatorOf } from "../syntax/text.js";

/** Ignores one rule on the line of an offset: joins a comment that is there, else adds one, above the statement where none can stand behind. */
export function ignoreLine(tree: FlatTree, offset: number, rule: RuleId): Edit {
  const { text } = tree;
  const lines = new LineIndex(text);
  const line = lines.lineOf(offset);
  const end = lines.lineEnd(line);
  const existing = suppressionsOf(tree).find((comment) => comment.scope === "line" && lines.lineOf(comment.span.start) === line && comment.suppressions.length > 0);
  const last = existing?.suppressions.at(-1);
  if (last) return { start: last.span.end, end: last.span.end, newText: `, ${rule}` };
  if (canCommentAt(tree, end)) {
    const written = text.slice(lines.lineStart(line), end);
    const padding = written.length - written.trimEnd().length;
    return { start: end - padding, end, newText: `  # hf-preflight: ignore[${rule}]` };
  }
  const start = tree.start(statementOf(tree, tree.nodeAt(offset)));
  const lineStart = lines.lineStart(lines.lineOf(start));
  const indentation = /^[ \t]*/.exec(text.slice(lineStart, start))?.[0] ?? "";
  return { start: lineStart, end: lineStart, newText: `${indentation}# hf-preflight: ignore[${rule}]${lineTerminatorOf(text)}` };
}

/** Not inside a string that goes on, not after a backslash that joins lines. */
function canCommentAt(tree: FlatTree, end: number): boolean {
  if (tree.text.charAt(end - 1) === "\\") return false;
  for (let node = tree.nodeAt(Math.max(0, end - 1)); node > 0; node = tree.parent(node)) {
    if (tree.kind(node) === Kind.string && tree.end(node) > end) return false;
  }
  return true;
}
