/** Moves arguments from a trainer's call into the arguments object that it is given, or makes one. */
import { mergedEdits, removeArguments, replaceNode, separatorBefore } from "../../analysis/edits.js";
import type { Edit, Fix } from "../../analysis/finding.js";
import { importedName } from "../../analysis/importEdits.js";
import type { RuleContext } from "../../analysis/rule.js";
import type { Versions } from "../../environment/versions.js";
import { configOf, isKindOf } from "../../knowledge/classes.js";
import type { Argument, Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

export interface Move {
  readonly argument: Argument;
  /** Its name in the config; undefined where the config has no place for it and it is dropped. */
  readonly name: string | undefined;
}

/** The fix that moves arguments of a trainer to its config; none where the config can't be seen or its place doesn't know the values yet. */
export function moveFixes(ctx: RuleContext<never>, trainer: Call, target: string, moves: readonly Move[], versions: Versions): Fix[] {
  const { script } = ctx;
  if (moves.some(({ argument }) => script.tree.kind(argument.entry) !== Kind.keyword_argument)) return [];
  const config = configOf(target);
  const position = ctx.knowledge.callable(target)?.parameter("args", versions)?.position ?? 1;
  const given = trainer.argument("args", position);
  if (!given) return trainer.isOpen ? [] : created(ctx, trainer, config, moves, versions);
  const { value } = given;
  if (value.kind !== "instance" || !value.object.call || value.object.frame) return [];
  const { className = "" } = value.object;
  if (isKindOf(className, config)) return into(script, trainer, value.object.call, moves, false, []);
  // Plain TrainingArguments: the config class takes its place where nobody else uses it.
  if (className !== "transformers.TrainingArguments" || !isOnlyFor(script, value.object, trainer)) return [];
  const renamed = asConfig(script, value.object.call, config);
  return renamed ? into(script, trainer, value.object.call, moves, true, renamed) : [];
}

/** Into the call that makes the arguments. */
function into(script: Script, trainer: Call, config: Call, moves: readonly Move[], isUnsafe: boolean, more: readonly Edit[]): Fix[] {
  const kept = moves.filter((move) => move.name !== undefined);
  if (kept.some((move) => config.keywords.has(move.name ?? "") || !isKnownAt(script, move.argument.node, config.node))) return [];
  const added = addedArguments(script, config, kept);
  const edits = added && nonOverlapping([...more, ...added, ...removeArguments(script, trainer, moves.map((move) => move.argument))]);
  if (!edits) return [];
  const leaf = config.method === trainer.method ? "arguments" : leafOf(config.name ?? "");
  const title = more.length > 0 ? "Make the arguments a config of the trainer, with its other defaults, and move it there" : `Move to ${leaf}`;
  const isDropped = moves.length > kept.length;
  return [{ title, safety: isUnsafe || isDropped ? "unsafe" : "safe", edits }];
}

/** As a new `args=`, in the place of the first. */
function created(ctx: RuleContext<never>, trainer: Call, config: string, moves: readonly Move[], versions: Versions): Fix[] {
  const { script } = ctx;
  const { tree } = script;
  const [first, ...others] = moves;
  const imported = importedName(script, packageOf(config), leafOf(config));
  if (!first || !imported) return [];
  const output = ctx.knowledge.callable(config)?.parameter("output_dir", versions);
  const isRequired = output?.default === undefined || ctx.versionsAt(tree.start(trainer.node)).fact("transformers") === undefined;
  const written = moves.flatMap(({ argument, name }) => (name === undefined ? [] : [`${name}=${tree.textOf(argument.node)}`]));
  const edit = replaceNode(tree, first.argument.entry, `args=${imported.text}(${[...(isRequired ? ['output_dir="tmp_trainer"'] : []), ...written].join(", ")})`);
  const edits = nonOverlapping([...imported.edits, edit, ...removeArguments(script, trainer, others.map((move) => move.argument))]);
  return edits ? [{ title: `Give the trainer a ${leafOf(config)}, with its other defaults`, safety: "unsafe", edits }] : [];
}

/** `name=value` for each, after the last argument of the call. */
function addedArguments(script: Script, call: Call, moves: readonly Move[]): Edit[] | undefined {
  const { tree } = script;
  const list = tree.child(call.node, Field.arguments);
  if (tree.kind(list) !== Kind.argument_list) return undefined;
  if (moves.length === 0) return [];
  const written = moves.map(({ argument, name }) => `${name ?? ""}=${tree.textOf(argument.node)}`);
  const last = tree.children(list).filter((node) => tree.kind(node) !== Kind.comment).at(-1);
  if (last === undefined) return [{ start: tree.end(list) - 1, end: tree.end(list) - 1, newText: written.join(", ") }];
  const separator = `,${separatorBefore(tree, last)}`;
  return [{ start: tree.end(last), end: tree.end(last), newText: separator + written.join(separator) }];
}

/** Makes `TrainingArguments(...)` the trainer's config class, with its import. */
function asConfig(script: Script, call: Call, config: string): Edit[] | undefined {
  const { tree } = script;
  const imported = importedName(script, packageOf(config), leafOf(config));
  if (!imported || !/(^|\.)TrainingArguments$/.test(tree.textOf(call.function))) return undefined;
  return [...imported.edits, replaceNode(tree, call.function, imported.text), ...unusedImport(script, call.function)];
}

/** Takes a class out of its `from ... import` where this was its only use. */
function unusedImport(script: Script, use: Node): Edit[] {
  const { tree } = script;
  if (tree.kind(use) !== Kind.identifier) return [];
  const name = tree.textOf(use);
  const places = script.scopes.occurrences(name).filter((node) => node !== use);
  const statement = tree.closest(places[0] ?? NO_NODE, Kind.import_from_statement);
  if (places.length !== 1 || statement === NO_NODE) return [];
  const names = tree.children(statement, Field.name);
  const index = names.findIndex((node) => tree.textOf(node) === name);
  const [own, next, before] = [names[index], names[index + 1], names[index - 1]];
  if (own === undefined) return [];
  if (next !== undefined) return [{ start: tree.start(own), end: tree.start(next), newText: "" }];
  if (before !== undefined) return [{ start: tree.end(before), end: tree.end(own), newText: "" }];
  let { end } = tree.span(statement);
  end += /^[ \t]*(?:\r\n|\n|\r)?/.exec(tree.text.slice(end))?.[0].length ?? 0;
  return tree.kind(tree.parent(statement)) === Kind.module ? [{ start: tree.start(statement), end, newText: "" }] : [];
}

/** Whether nothing but this trainer is given the object. */
function isOnlyFor(script: Script, object: ScriptObject, trainer: Call): boolean {
  return script.eventsOf(object).every((event) => event.kind !== "escaped" && (event.kind !== "passed" || event.call === trainer || !/Trainer$/.test(event.call?.name ?? "")));
}

/** Whether an expression means the same at another place as where it stands: all its names are bound once, and before that place. */
function isKnownAt(script: Script, expression: Node, place: Node): boolean {
  const { tree, scopes } = script;
  for (let node = expression; node < tree.subtreeEnd(expression); node++) {
    if (tree.kind(node) !== Kind.identifier) continue;
    const name = tree.textOf(node);
    if (!scopes.occurrences(name).includes(node)) continue;
    const home = scopes.resolve(name, scopes.scopeOf(node));
    if (home !== scopes.resolve(name, scopes.scopeOf(place))) return false;
    const bindings = home?.bindings.get(name) ?? [];
    if (bindings.length > 1 || bindings.some((binding) => binding.from > place)) return false;
  }
  return true;
}

function nonOverlapping(edits: readonly Edit[]): Edit[] | undefined {
  const sorted = mergedEdits(edits);
  return sorted.some((edit, index) => edit.start < (sorted[index - 1]?.end ?? 0)) ? undefined : sorted;
}

function packageOf(name: string): string {
  return name.slice(0, name.lastIndexOf("."));
}

function leafOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

