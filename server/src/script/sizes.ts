/** How many items a list, a tuple or a dict has, where that can be read off the script. */
import { NO_NODE, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import type { Script } from "./script.js";
import type { Value } from "./values.js";

const DEEPEST = 8;

/** The number of items of a value, or undefined. Keys of any kind count: `{0: "neg", 1: "pos"}` has two. */
export function sizeOf(script: Script, value: Value, depth = 0): number | undefined {
  if (depth > DEEPEST) return undefined;
  if (value.kind === "sequence") return value.open ? sizeOfNode(script, value.origin, depth) : value.items.length;
  if (value.kind === "record") return value.open ? sizeOfNode(script, value.origin, depth) : value.entries.size;
  if (value.kind !== "call") return undefined;
  const { call } = value;
  const [first, second] = call.positional;
  switch (call.name) {
    case "builtins.enumerate":
    case "builtins.reversed":
      return first && sizeOf(script, first.value, depth + 1);
    case "builtins.zip":
      return first && second && same(sizeOf(script, first.value, depth + 1), sizeOf(script, second.value, depth + 1));
    case "builtins.range":
      return call.positional.length === 1 && first?.value.kind === "literal" && typeof first.value.value === "number" ? Math.max(0, first.value.value) : undefined;
    default:
      return undefined;
  }
}

/** Of a display, a comprehension or `dict(...)`, as long as nothing is done to it later that could change it. */
function sizeOfNode(script: Script, node: Node, depth: number): number | undefined {
  const { tree } = script;
  const changes = script.objects.eventsOf(node).some((event) => event.kind !== "passed" && event.kind !== "read" && !(event.kind === "called" && /^(items|keys|values|get|copy|index|count)$/.test(event.field ?? "")));
  if (changes) return undefined;
  switch (tree.kind(node)) {
    case Kind.dictionary:
      return distinctKeys(script, node);
    case Kind.dictionary_comprehension:
    case Kind.list_comprehension: {
      const [, clause = NO_NODE, ...more] = tree.children(node);
      if (more.length > 0 || tree.kind(clause) !== Kind.for_in_clause) return undefined;
      const source = script.evaluate(tree.child(clause, Field.right));
      // `{label: i for i, label in enumerate(labels)}`; d.items() of a dict has as many items as the dict.
      const items = source.kind === "call" && source.call.method === "items" ? source.call.receiver : source;
      return items && sizeOf(script, items, depth + 1);
    }
    case Kind.call: {
      const call = script.callAt(node);
      const [only] = call.positional;
      const isDict = call.name === "builtins.dict" && call.positional.length === 1 && call.keywords.size === 0;
      return isDict && only ? sizeOf(script, only.value, depth + 1) : undefined;
    }
    default:
      return undefined;
  }
}

/** Keys that are all literals and all different; anything else may collapse or be unpacked. */
function distinctKeys(script: Script, dictionary: Node): number | undefined {
  const { tree } = script;
  const keys = new Set<string>();
  const pairs = tree.children(dictionary);
  for (const pair of pairs) {
    const key = tree.kind(pair) === Kind.pair ? script.evaluate(tree.child(pair, Field.key)) : undefined;
    if (key?.kind !== "literal") return undefined;
    keys.add(`${key.type}:${String(key.value)}`);
  }
  return keys.size === pairs.length ? keys.size : undefined;
}

function same(a: number | undefined, b: number | undefined): number | undefined {
  return a === b ? a : undefined;
}
