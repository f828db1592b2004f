/** Edits that fixes are made of. They keep to the style of what surrounds them and never reformat. */
import type { Argument, Call } from "../script/calls.js";
import type { Parameter } from "../script/functions.js";
import type { Script } from "../script/script.js";
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import { lineTerminatorOf } from "../syntax/text.js";
import type { Edit } from "./finding.js";

export function replaceNode(tree: FlatTree, node: Node, newText: string): Edit {
  return { ...tree.span(node), newText };
}

/** Gives an argument another value, where it is written: in the call or in the dict that is unpacked into it. */
export function replaceValue(script: Script, argument: Argument, newText: string): Edit {
  return replaceNode(script.tree, argument.node, newText);
}

/** Adds `name=value` to what an existing argument stands in: after it, in its own style (keyword or dict entry), on its own line if it is. */
export function addBeside(script: Script, argument: Argument, name: string, value: string): Edit {
  const { tree, text } = script;
  const { entry } = argument;
  const isPair = tree.kind(entry) === Kind.pair;
  const quote = isPair ? text.charAt(tree.start(argument.key)) : "";
  const written = isPair ? `${quote}${name}${quote}: ${value}` : `${name}=${value}`;
  const end = tree.end(entry);
  return { start: end, end, newText: `,${separatorBefore(tree, entry)}${written}` };
}

/** Adds `name=value` as the call's last argument. Undefined where the call has no argument list to add to. */
export function addArgument(script: Script, call: Call, name: string, value: string): Edit | undefined {
  const { tree } = script;
  const list = tree.child(call.node, Field.arguments);
  if (tree.kind(list) !== Kind.argument_list) return undefined;
  const last = tree.children(list).at(-1);
  if (last === undefined) {
    const inside = tree.end(list) - 1;
    return { start: inside, end: inside, newText: `${name}=${value}` };
  }
  const end = tree.end(last);
  return { start: end, end, newText: `,${separatorBefore(tree, last)}${name}=${value}` };
}

/** Takes an argument out of the call, or the dict, in which it is written, with the comma that belongs to it. */
export function removeArgument(script: Script, argument: Argument): Edit {
  const { text } = script;
  let { start, end } = script.tree.span(argument.entry);
  const after = /^\s*,/.exec(text.slice(end));
  if (after) end += after[0].length;
  const isLast = /^\s*[)}\]]/.test(text.slice(end));
  if (!isLast) return { start, end: end + (/^[ \t]*(?:\r\n|\n|\r)?[ \t]*/.exec(text.slice(end))?.[0].length ?? 0), newText: "" };
  while (/\s/.test(text.charAt(start - 1))) start--;
  if (!after && text.charAt(start - 1) === ",") start--;
  return { start, end, newText: "" };
}

/** Takes several arguments out of one call, with their commas; each run of neighbours is one edit. */
export function removeArguments(script: Script, call: Call, removed: readonly Argument[]): Edit[] {
  const { tree, text } = script;
  const entries = tree.children(tree.child(call.node, Field.arguments));
  const gone = new Set(removed.map((argument) => argument.entry));
  const edits: Edit[] = [];
  for (let first = 0; first < entries.length; first++) {
    if (!gone.has(entries[first] ?? NO_NODE)) continue;
    let last = first;
    while (gone.has(entries[last + 1] ?? NO_NODE)) last++;
    const [start, end] = [tree.start(entries[first] ?? NO_NODE), tree.end(entries[last] ?? NO_NODE)];
    const next = entries[last + 1];
    const before = entries[first - 1];
    if (next !== undefined) edits.push({ start, end: tree.start(next), newText: "" });
    else if (before !== undefined) edits.push({ start: tree.end(before), end, newText: "" });
    else edits.push({ start, end: end + (/^\s*,/.exec(text.slice(end))?.[0].length ?? 0), newText: "" });
    first = last;
  }
  return edits;
}

/** Adds a parameter behind the last one of a function. Undefined for a function without any. */
export function addParameter(script: Script, parameters: readonly Parameter[], written: string): Edit | undefined {
  const last = parameters.at(-1);
  if (!last) return undefined;
  const end = script.tree.end(last.node);
  return { start: end, end, newText: `,${separatorBefore(script.tree, last.node)}${written}` };
}

/** What stands between an entry and the one before it: a space, or a line break with its indentation. */
export function separatorBefore(tree: FlatTree, entry: Node): string {
  const { text } = tree;
  const start = tree.start(entry);
  let lineStart = start;
  while (lineStart > 0 && !/[\r\n]/.test(text.charAt(lineStart - 1))) lineStart--;
  const before = text.slice(lineStart, start).replace(/^\uFEFF/, "");
  return before.trim() === "" && lineStart > 0 ? lineTerminatorOf(text) + before : " ";
}

/** Deletes the whole line of a statement that stands alone on it, or the statement alone. */
export function deleteStatement(tree: FlatTree, statement: Node): Edit {
  const { text } = tree;
  let { start, end } = tree.span(statement);
  while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start--;
  const alone = start === 0 || /[\r\n]/.test(text.charAt(start - 1));
  const rest = /^[ \t]*(\r\n|\n|\r|$)/.exec(text.slice(end));
  if (!alone || !rest) return { ...tree.span(statement), newText: "pass" };
  end += rest[0].length;
  return { start, end, newText: "" };
}

/** The statement around a node. */
export function statementOf(tree: FlatTree, node: Node): Node {
  let current = node;
  for (let parent = tree.parent(current); parent !== NO_NODE; current = parent, parent = tree.parent(current)) {
    const kind = tree.kind(parent);
    if (kind === Kind.block || kind === Kind.module) return current;
  }
  return current;
}

/** A Python literal for a string or number. */
export function pythonLiteral(value: string | number | boolean | null): string {
  if (value === null) return "None";
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "boolean" ? (value ? "True" : "False") : String(value);
}

/** In ascending order, as a fix wants them; insertions at one place become one edit. */
export function mergedEdits(edits: readonly Edit[]): Edit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start);
  const result: Edit[] = [];
  for (const edit of sorted) {
    const last = result.at(-1);
    if (last && last.start === edit.start && last.end === edit.end && last.start === last.end) result[result.length - 1] = { ...last, newText: last.newText + edit.newText };
    else result.push(edit);
  }
  return result;
}
