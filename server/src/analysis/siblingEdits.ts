/** Sets a second option where a first one is set: in the same call, dict, or by an assignment below it. */
import type { Script } from "../script/script.js";
import { NO_NODE, type Node } from "../syntax/flatTree.js";
import { Kind } from "../syntax/kind.js";
import { lineTerminatorOf } from "../syntax/text.js";
import { addBeside } from "./edits.js";
import type { Edit } from "./finding.js";

/**
 * The edit that sets `name` to `value` beside `entry`, which is a keyword argument, a dict's pair or an assignment to an attribute or item
 * (`args.x = 1`, `options["x"] = 1`). Undefined for anything else, and for an assignment that shares its line.
 */
export function setBeside(script: Script, entry: Node, name: string, value: string): Edit | undefined {
  const { tree, text } = script;
  const kind = tree.kind(entry);
  if (kind === Kind.keyword_argument || kind === Kind.pair) {
    const via = kind === Kind.pair ? "unpacked" : "keyword";
    return addBeside(script, { position: -1, value: { kind: "unknown" }, node: script.valueNode(entry), key: tree.childAt(entry, 0), entry, via }, name, value);
  }
  if (kind !== Kind.assignment) return undefined;
  const target = tree.childAt(entry, 0);
  const written = tree.textOf(target);
  const sibling = written.replace(/\.\w+$|(?<=\[\s*["'])\w+(?=["']\s*\]$)/, (own) => (own.startsWith(".") ? `.${name}` : name));
  const lineStart = Math.max(text.lastIndexOf("\n", tree.start(entry) - 1), text.lastIndexOf("\r", tree.start(entry) - 1)) + 1;
  const indent = text.slice(lineStart, tree.start(entry)).replace(/^\uFEFF/, "");
  if (target === NO_NODE || sibling === written || indent.trim() !== "") return undefined;
  const end = tree.end(entry);
  return { start: end, end, newText: `${lineTerminatorOf(text)}${indent}${sibling} = ${value}` };
}
