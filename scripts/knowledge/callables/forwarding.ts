/** Keywords that a method hands on: what `super().method(..., **kwargs)` takes, the method takes too. */
import { Field, Kind } from "../../../server/src/syntax/kind.js";
import type { ClassDefinition } from "../python/classes.js";
import { callOf, descendants, type Statement } from "../python/literals.js";
import type { CallableFacts, ParameterFacts } from "./facts.js";

/** @param base what the next class in the lineage makes of the same method; asked for only where it is called. */
export function withForwarded(facts: CallableFacts, owner: ClassDefinition, method: Statement, name: string, base: () => CallableFacts | undefined): CallableFacts {
  const { keywords } = facts;
  if (keywords === undefined) return facts;
  const { tree } = owner.module;
  const body = tree.child(method.node, Field.body);
  const start = new RegExp(`^super\\([^()]*\\)\\.${name}\\(`);
  for (const node of descendants(tree, body, Kind.call)) {
    const call = start.test(tree.textOf(node)) ? callOf(tree, node) : undefined;
    if (!call?.positional.some((argument) => tree.textOf(argument) === `**${keywords}`)) continue;
    const taken = base();
    if (!taken) return facts;
    const given = new Set([...call.keywords.keys(), ...[...facts.parameters, ...facts.read].map((parameter) => parameter.name)]);
    const positional = call.positional.filter((argument) => !tree.textOf(argument).startsWith("*")).length;
    const added = [...taken.parameters.slice(positional), ...taken.read].filter((parameter) => !given.has(parameter.name)).map((parameter): ParameterFacts => ({ ...parameter, kind: "keyword" }));
    const choices = new Map([...taken.choices, ...facts.choices]);
    let uses = 0;
    for (const inner of descendants(tree, body, Kind.identifier)) if (tree.textOf(inner) === keywords) uses++;
    const isClosed = taken.keywords === undefined && !taken.isPartial && taken.inherits === undefined && uses === facts.read.length + 1;
    return isClosed
      ? { ...facts, keywords: undefined, parameters: [...facts.parameters, ...facts.read, ...added], read: [], choices }
      : { ...facts, read: [...facts.read, ...added], choices };
  }
  return facts;
}
