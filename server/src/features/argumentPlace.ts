/** Which argument of which call stands at an offset: a keyword, a positional, or the entry of a dict that is unpacked into the call. */
import type { Argument, Call } from "../script/calls.js";
import type { Script } from "../script/script.js";
import { NO_NODE, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";

export interface ArgumentPlace {
  readonly call: Call;
  readonly argument: Argument;
  /** Whether the offset lies in the argument's name, and not in its value. */
  readonly isName: boolean;
}

export function argumentAt(script: Script, offset: number): ArgumentPlace | undefined {
  const { tree } = script;
  const node = tree.nodeAt(offset);
  const parent = tree.parent(node);
  if (parent === NO_NODE) return undefined;
  switch (tree.kind(parent)) {
    case Kind.keyword_argument: {
      const call = callAround(script, parent);
      const argument = call && find(call, parent);
      if (!argument) return undefined;
      const isName = tree.field(node) === Field.name;
      // `dict(a=1)` only collects: what counts is the call that it is unpacked into.
      const owner = script.evaluate(call.node).kind === "record" ? unpackedInto(script, parent) : { call, argument };
      return owner && { ...owner, isName };
    }
    case Kind.pair: {
      const owner = unpackedInto(script, parent);
      return owner && { ...owner, isName: tree.field(node) === Field.key };
    }
    case Kind.argument_list: {
      const call = callOf(script, parent);
      const argument = call && find(call, node);
      return argument && { call, argument, isName: false };
    }
    default:
      return undefined;
  }
}

function callAround(script: Script, keyword: Node): Call | undefined {
  const list = script.tree.parent(keyword);
  return list === NO_NODE ? undefined : callOf(script, list);
}

function callOf(script: Script, list: Node): Call | undefined {
  const { tree } = script;
  const call = tree.parent(list);
  if (call === NO_NODE || tree.kind(call) !== Kind.call || tree.kind(list) !== Kind.argument_list) return undefined;
  return script.callAt(call);
}

function find(call: Call, entry: Node): Argument | undefined {
  return [...call.keywords.values(), ...call.positional].find((argument) => argument.entry === entry);
}

/** The call that an entry of a dict reaches by `**`. */
function unpackedInto(script: Script, entry: Node): { call: Call; argument: Argument } | undefined {
  const { tree } = script;
  for (const node of script.scopes.calls) {
    const list = tree.child(node, Field.arguments);
    if (!tree.children(list).some((child) => tree.kind(child) === Kind.dictionary_splat)) continue;
    const call = script.callAt(node);
    const argument = find(call, entry);
    if (argument) return { call, argument };
  }
  return undefined;
}
