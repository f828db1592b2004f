/** What reaches a `**kwargs` that nobody reads, by the reviewed table. */
import type { RuleContext } from "../../analysis/rule.js";
import { isFor, swallowed, type SwallowedKeyword } from "../../knowledge/successors/index.js";
import type { Successor } from "../../knowledge/successors/successor.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import type { Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { isHarmless, mayBeAbsent, type JudgedArgument } from "./judgedArgument.js";
import type { Fate } from "./verdicts.js";

/** The swallowed arguments of a script. @param seen those that have been judged by their callable's signature. */
export function swallowedArguments(ctx: RuleContext<never>, seen: ReadonlySet<Argument>): JudgedArgument[] {
  const found: JudgedArgument[] = [];
  for (const { call, names } of swallowingCalls(ctx.script)) {
    const target = call.name;
    if (target === undefined) continue;
    for (const name of names) {
      const row = swallowed.get(name)?.rows.find((each) => isFor(each, target));
      const argument = row && call.keywords.get(name);
      if (!argument || seen.has(argument) || isHarmless(row, argument)) continue;
      const judged = judge(ctx, call, target, row, argument);
      if (judged) found.push(judged);
    }
  }
  return found;
}

function judge(ctx: RuleContext<never>, call: Call, target: string, row: Successor, argument: Argument): JudgedArgument | undefined {
  const versions = ctx.versionsAtNode(argument.entry);
  const gone = row.until === undefined ? "never" : versions.holds({ [row.library]: `>=${row.until}` });
  const warned = row.deprecated === undefined ? "never" : versions.holds({ [row.library]: `>=${row.deprecated}` });
  const isEarly = row.since !== undefined && versions.holds({ [row.library]: `<${row.since}` }) === "always";
  const fate: Fate | undefined = isEarly ? "not yet" : gone !== "never" ? (row.then ?? "removed") : warned === "always" ? "deprecated" : undefined;
  if (fate === undefined) return undefined;
  const isCertain = (fate === "never" || fate === "not yet" || (fate === "deprecated" ? warned : gone) === "always") && !mayBeAbsent(argument);
  const since = fate === "deprecated" ? row.deprecated : fate === "not yet" ? row.since : row.until;
  return { call, argument, name: row.name, fate, isCertain, library: row.library, target, callable: undefined, versions, since, successor: row };
}

/** The calls that are given swallowed names, in source order. Most calls that say `device=` are those of a method that takes it. */
function swallowingCalls(script: Script): { readonly call: Call; readonly names: readonly string[] }[] {
  const { index } = script;
  const named = new Map<Node, string[]>();
  const add = (node: Node, name: string): void => {
    const names = named.get(node);
    if (!names) named.set(node, [name]);
    else if (!names.includes(name)) names.push(name);
  };
  for (const [name, keyword] of swallowed) for (const node of index.writing(name)) if (mayBeFor(script, node, keyword)) add(node, name);
  const keys = index.unpacking.length === 0 ? [] : [...swallowed].filter(([name]) => index.mayBeKey(name));
  for (const node of index.unpacking) {
    const possible = keys.filter(([, keyword]) => mayBeFor(script, node, keyword));
    // What a dict brings is known only where the dict is.
    if (possible.length === 0) continue;
    const unpacked = unpackedNames(script, node);
    for (const [name] of possible) if (unpacked.includes(name)) add(node, name);
  }
  return [...named].sort(([a], [b]) => a - b).map(([node, names]) => ({ call: script.callAt(node), names }));
}

/** Whether the name that is called, as it is written, leaves it open that one of the rows speaks of the call. */
function mayBeFor(script: Script, call: Node, { leaves }: SwallowedKeyword): boolean {
  if (!leaves) return true;
  const { method } = script.callAt(call);
  return leaves.has(method) || script.index.isAlias(method);
}

/** The keys that are known of the dicts which a call unpacks. */
function unpackedNames(script: Script, call: Node): string[] {
  const { tree } = script;
  const records = tree
    .children(tree.child(call, Field.arguments))
    .filter((node) => tree.kind(node) === Kind.dictionary_splat)
    .map((node) => script.evaluate(tree.firstChild(node)));
  return records.flatMap((value) => (value.kind === "oneOf" ? value.alternatives.map((each) => each.value) : [value])).flatMap((value) => (value.kind === "record" ? [...value.entries.keys()] : []));
}
