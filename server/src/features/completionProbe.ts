/**
 * Finds out what is being typed at a cursor: a keyword's name, or a keyword's value.
 *
 * The text around the cursor is broken more often than not, so a placeholder is put in its place and that text is parsed: first with all that
 * follows, then, where the call isn't closed, with nothing but closing brackets behind it.
 */
import { Script } from "../script/script.js";
import { NO_NODE, type Node } from "../syntax/flatTree.js";
import type { FlatTree } from "../syntax/flatTree.js";
import { cursorAt, stringEnd, type Cursor } from "../syntax/cursor.js";
import { Kind } from "../syntax/kind.js";
import type { Span } from "../syntax/text.js";
import { argumentAt, type ArgumentPlace } from "./argumentPlace.js";

/** What the cursor is about to write. `replaced` is what is there already, in the text as it is. */
export type Probe =
  | { readonly kind: "keyword"; readonly script: Script; readonly place: ArgumentPlace; readonly replaced: Span; readonly hasEquals: boolean }
  | { readonly kind: "value"; readonly script: Script; readonly place: ArgumentPlace; readonly replaced: Span; readonly isQuoted: boolean };

const PLACEHOLDER = "hf_preflight_probe";
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** @param parse reads a text that is in no editor. */
export function probeAt(text: string, offset: number, parse: (text: string) => FlatTree): Probe | undefined {
  const cursor = cursorAt(text, offset);
  if (cursor.isInComment || cursor.brackets.length === 0) return undefined;
  if (cursor.string) return stringProbe(text, cursor, cursor.string, offset, parse);
  const start = offset - (/\w*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
  const end = offset + (/^\w*/.exec(text.slice(offset))?.[0].length ?? 0);
  const before = text.slice(0, start).trimEnd();
  const replaced = { start, end };
  if (before.endsWith("=") && !/[=!<>:]=$/.test(before)) {
    const found = parsed(text, cursor, replaced, `"${PLACEHOLDER}"`, parse);
    return found && { kind: "value", ...found, replaced, isQuoted: false };
  }
  if (!/[(,]$/.test(before) && !endsWithComment(before)) return undefined;
  if (cursor.brackets.at(-1)?.bracket !== "(" || /^\d/.test(text.slice(start, end))) return undefined;
  const hasEquals = /^[ \t]*=(?!=)/.test(text.slice(end));
  const found = parsed(text, cursor, replaced, hasEquals ? PLACEHOLDER : `${PLACEHOLDER}=None`, parse);
  return found && { kind: "keyword", ...found, replaced, hasEquals };
}

function stringProbe(text: string, cursor: Cursor, { start, quote, contentStart }: NonNullable<Cursor["string"]>, offset: number, parse: (text: string) => FlatTree): Probe | undefined {
  if (quote.length > 1 || !/[=:(,[]$/.test(text.slice(0, start).trimEnd())) return undefined;
  const end = stringEnd(text, contentStart - 1, quote);
  // Without a closing quote, what follows on the line is the rest of the call.
  const contentEnd = end.isClosed ? end.offset - 1 : offset;
  const replaced = { start: contentStart, end: contentEnd };
  const found = parsed(text, cursor, { start, end: end.isClosed ? end.offset : offset }, `"${PLACEHOLDER}"`, parse);
  return found && { kind: "value", ...found, replaced, isQuoted: true };
}

/** The argument that the placeholder became, in the first of the two readings in which it is one. */
function parsed(text: string, cursor: Cursor, { start, end }: Span, placeholder: string, parse: (text: string) => FlatTree): { script: Script; place: ArgumentPlace } | undefined {
  const separator = /^\s*(?:[=,)\]}]|$)/.test(text.slice(end, end + 200)) ? "" : ",";
  const closing = [...cursor.brackets].reverse().map(({ bracket }) => CLOSING[bracket] ?? "").join("");
  const value = placeholder === PLACEHOLDER ? `${PLACEHOLDER}=None` : placeholder;
  const readings = [text.slice(0, start) + placeholder + separator + text.slice(end), `${text.slice(0, start)}${value}${closing}\n`];
  for (const reading of readings) {
    const script = new Script(parse(reading));
    const node = script.tree.nodeAt(start);
    const place = argumentAt(script, start);
    if (place && !isBroken(script.tree, place.call.node) && script.tree.kind(node) !== Kind.ERROR) return { script, place };
  }
  return undefined;
}

function isBroken(tree: FlatTree, call: Node): boolean {
  return call === NO_NODE || tree.hasError(call);
}

/** A comment may stand between the last comma and what is typed. */
function endsWithComment(before: string): boolean {
  const lines = before.split("\n");
  while (/^\s*(#.*)?$/.test(lines.at(-1) ?? "x")) lines.pop();
  const code = (lines.at(-1) ?? "").replace(/#.*$/, "").trimEnd();
  return /[(,]$/.test(code);
}
