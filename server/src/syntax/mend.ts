/**
 * Reads a text around the line that is being typed.
 *
 * One unclosed bracket or quote makes tree-sitter's recovery swallow whatever follows, and findings elsewhere would come and go with
 * every key. So while the text has a syntax error, the line of the last edit is left out, if the rest reads better without it.
 * Offsets stay as they are: the line is blanked, not removed.
 */
import type { FlatTree } from "./flatTree.js";
import type { PythonParser } from "./parser.js";
import type { LineIndex } from "./text.js";

/** A broken text costs up to two full parses more; a longer one is read as it is. In UTF-16 code units. */
const LONGEST_MENDED = 400_000;

/** The tree as it is when it has no error, else the best reading of the text without the line of an offset. */
export function mended(parser: PythonParser, tree: FlatTree, lines: LineIndex, offset: number): FlatTree {
  const { text } = tree;
  let errors = tree.errorCount();
  if (errors === 0 || text.length > LONGEST_MENDED) return tree;
  const line = lines.lineOf(offset);
  const start = lines.lineStart(line);
  const end = lines.lineEnd(line);
  const written = text.slice(start, end);
  const indentation = /^[ \t]*/.exec(written)?.[0] ?? "";
  const room = written.length - indentation.length;
  // Where the line is the whole body of a block, something has to stand there.
  const replacements = [" ".repeat(written.length), ...(room >= "pass".length ? [`${indentation}pass`.padEnd(written.length)] : [])];
  let best = tree;
  for (const replacement of replacements) {
    const candidate = parser.parse(text.slice(0, start) + replacement + text.slice(end));
    const left = candidate.errorCount();
    if (left < errors) [best, errors] = [candidate, left];
    if (left === 0) break;
  }
  return best;
}
