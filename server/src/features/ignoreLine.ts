/** The edit that writes a suppression comment. */
import { statementOf } from "../analysis/edits.js";
import type { Edit, RuleId } from "../analysis/finding.js";
import { suppressionsOf } from "../analysis/suppression.js";
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Kind } from "../syntax/kind.js";
import { BYTE_ORDER_MARK, LineIndex, lineTerminatorOf } from "../syntax/text.js";

/**
 * Ignores one rule on the line of an offset: joins a comment that is there, else adds one, above the statement where none can stand
 * behind the line. Undefined where neither would cover the place: the second statement of a line that ends inside a string.
 */
export function ignoreLine(tree: FlatTree, offset: number, rule: RuleId): Edit | undefined {
  const { text } = tree;
  const lines = new LineIndex(text);
  const line = lines.lineOf(offset);
  const end = lines.lineEnd(line);
  const existing = suppressionsOf(tree).find((comment) => comment.scope === "line" && lines.lineOf(comment.span.start) === line);
  const last = existing?.suppressions.at(-1);
  if (last) return { start: last.span.end, end: last.span.end, newText: `, ${rule}` };
  if (existing) return { ...existing.directive, newText: `hf-preflight: ignore[${rule}]` };
  if (canCommentAt(tree, end)) {
    const written = text.slice(lines.lineStart(line), end);
    const padding = written.length - written.trimEnd().length;
    return { start: end - padding, end, newText: `  # hf-preflight: ignore[${rule}]` };
  }
  return commentAbove(tree, lines, offset, rule);
}

/** Not inside a string that goes on, not after a backslash that joins lines. */
function canCommentAt(tree: FlatTree, end: number): boolean {
  if (tree.text.charAt(end - 1) === "\\") return false;
  for (let node = tree.nodeAt(Math.max(0, end - 1)); node > 0; node = tree.parent(node)) {
    if (tree.kind(node) === Kind.string && tree.end(node) > end) return false;
  }
  return true;
}

/** A comment alone on its line covers the statement below, a compound one up to its body. */
function commentAbove(tree: FlatTree, lines: LineIndex, offset: number, rule: RuleId): Edit | undefined {
  const { text } = tree;
  const statement = statementOf(tree, tree.nodeAt(offset));
  const start = tree.start(statement);
  const body = firstBlock(tree, statement);
  if (body !== NO_NODE && tree.start(body) <= offset) return undefined;
  const lineStart = lines.lineStart(lines.lineOf(start));
  const at = lineStart === 0 && text.startsWith(BYTE_ORDER_MARK) ? 1 : lineStart;
  const indentation = text.slice(at, start);
  if (indentation.trim() !== "") return undefined;
  return { start: at, end: at, newText: `${indentation}# hf-preflight: ignore[${rule}]${lineTerminatorOf(text)}` };
}

function firstBlock(tree: FlatTree, statement: Node): Node {
  for (let node = statement + 1; node < tree.subtreeEnd(statement); node++) {
    if (tree.kind(node) === Kind.block) return node;
  }
  return NO_NODE;
}
