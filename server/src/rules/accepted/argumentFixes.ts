/** Repairs of one argument: another name, another form, or gone. */
import { removeArgument, replaceNode } from "../../analysis/edits.js";
import type { Edit, Fix } from "../../analysis/finding.js";
import { importedName } from "../../analysis/importEdits.js";
import type { Callable } from "../../knowledge/callable.js";
import type { Remedy } from "../../knowledge/successors/successor.js";
import type { Argument } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { Kind } from "../../syntax/kind.js";
import type { JudgedArgument } from "./judgedArgument.js";

/** What the reviewed row of an argument has to offer, in the versions that the script may meet. */
export function successorFixes(script: Script, judged: JudgedArgument): Fix[] {
  const { successor } = judged;
  if (!successor) return [];
  const { remedy } = successor;
  switch (remedy.kind) {
    case "rename":
      return renameFixes(script, judged, remedy.to, remedy.isUnsafe === true);
    case "drop":
      return dropFixes(script, judged.argument, remedy.isUnsafe === true || !judged.isCertain);
    case "rewrite":
      return rewriteFixes(script, judged, remedy);
    case "move":
    case "none":
      return [];
  }
}

/** Another name for the same value: safe where all versions that the script may meet take it. */
export function renameFixes(script: Script, judged: JudgedArgument, to: string, isUnsafe = false): Fix[] {
  const { call, argument, callable, versions, isCertain } = judged;
  if (call.keywords.has(to)) return [];
  const edit = renameEdit(script, argument, to);
  if (!edit) return [];
  const standing = callable?.accepts(to, versions);
  const taken = standing?.in ?? (isCertain ? "all" : "some");
  if (taken === "none") return [];
  const safe = !isUnsafe && (taken === "all" || (taken === "unknown" && isCertain));
  const since = safe || taken === "all" ? undefined : standing?.since;
  const title = `Rename to ${to}${since === undefined || standing === undefined ? "" : ` (${standing.library} ${shortVersion(since)} or newer)`}`;
  return [{ title, safety: safe ? "safe" : "unsafe", edits: [edit] }];
}

/** Writes another name where the argument's own is written: the keyword, the dict's key, the subscript. */
export function renameEdit(script: Script, argument: Argument, to: string): Edit | undefined {
  const { tree } = script;
  const { name, key } = argument;
  if (name === undefined) return undefined;
  const written = tree.textOf(key);
  if (written === name) return replaceNode(tree, key, to);
  for (const quote of ['"', "'"]) {
    const at = written.lastIndexOf(`${quote}${name}${quote}`);
    if (at >= 0) {
      const start = tree.start(key) + at + 1;
      return { start, end: start + name.length, newText: to };
    }
  }
  return undefined;
}

function dropFixes(script: Script, argument: Argument, isUnsafe: boolean): Fix[] {
  if (!isWrittenOut(script, argument)) return [];
  return [{ title: `Leave out ${argument.name ?? "it"}`, safety: isUnsafe ? "unsafe" : "safe", edits: [removeArgument(script, argument)] }];
}

function rewriteFixes(script: Script, { call, argument, isCertain, callable, versions }: JudgedArgument, remedy: Extract<Remedy, { kind: "rewrite" }>): Fix[] {
  const { tree } = script;
  if (!isWrittenOut(script, argument)) return [];
  const value = tree.textOf(argument.node);
  const written = remedy.values && Object.hasOwn(remedy.values, value) ? remedy.values[value] : remedy.any?.replace("{value}", value);
  if (written === undefined) return [];
  const safety = remedy.isUnsafe === true || !isCertain ? "unsafe" : "safe";
  if (written === null) return dropFixes(script, argument, safety === "unsafe");
  const equals = written.indexOf("=");
  const [name, right] = [written.slice(0, equals), written.slice(equals + 1)];
  if (call.keywords.has(name) || (callable && callable.accepts(name, versions).in === "none")) return [];
  const need = remedy.needs;
  const imported = need && importedName(script, need.module, need.name);
  if (need && !imported) return [];
  const text = need && imported ? right.replace(need.name, imported.text) : right;
  const renamed = renameEdit(script, argument, name);
  if (!renamed) return [];
  const edits = [renamed, replaceNode(tree, argument.node, text), ...(imported?.edits ?? [])].sort((a, b) => a.start - b.start);
  return [{ title: `Write ${name}=${text}`, safety, edits }];
}


/** Whether the argument stands as `name=value` or as a dict entry, so that it can be taken out. */
export function isWrittenOut({ tree }: Script, argument: Argument): boolean {
  const kind = tree.kind(argument.entry);
  return argument.name !== undefined && (kind === Kind.keyword_argument || kind === Kind.pair);
}

/** `4.46.0` as people say it: 4.46. */
export function shortVersion(version: string): string {
  return version.replace(/^(\d+\.\d+)\.0$/, "$1");
}

/** How a message names what is called: the class, the function, or `Class.method`. */
export function shownName(target: string, callable?: Callable): string {
  const parts = target.replace(/\(\)$/, "").split(".");
  const leaf = parts.at(-1) ?? target;
  const owner = parts.at(-2);
  return (callable?.kind === "method" || /^[a-z_]/.test(leaf)) && owner !== undefined && /^[A-Z]/.test(owner) ? `${owner}.${leaf}` : leaf;
}
