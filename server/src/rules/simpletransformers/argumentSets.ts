/** The arguments that a simpletransformers model runs with: its args object or dict, and what is written to `model.args` later. */
import { END_OF_SCOPE } from "../../script/reaching.js";
import type { Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { ABSENT, UNKNOWN, type Value } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { ARGS_CLASS, argsCalls, MODEL_CLASS } from "./intervals.js";

/** An argument as the training sees it. */
export interface ModelArgument {
  /** `absent` where nothing in the script sets it. */
  readonly value: Value;
  /** What sets it; NO_NODE where nothing does. */
  readonly entry: Node;
  readonly node: Node;
}

export interface ArgumentSet {
  /** `ClassificationModel`, or what the class of arguments without a model in sight stands for. */
  readonly model: string;
  /** The constructor of the model. */
  readonly constructor: Call | undefined;
  /** The `train_model` that uses them. */
  readonly train: Call | undefined;
  readonly read: (name: string) => ModelArgument;
}

const NOT_SET: ModelArgument = { value: ABSENT, entry: NO_NODE, node: NO_NODE };
const NOT_KNOWN: ModelArgument = { value: UNKNOWN, entry: NO_NODE, node: NO_NODE };

/** One set per `train_model`, one per model that isn't trained in sight, and one per args object without a model in sight. */
export function argumentSetsOf(script: Script): ArgumentSet[] {
  const sets: ArgumentSet[] = [];
  const used = new Set<ScriptObject>();
  const trained = script.callsOfMethod("train_model");
  for (const call of script.callsMatching(MODEL_CLASS, /Model$/)) {
    const made = script.evaluate(call.node, call.frame);
    if (made.kind !== "instance") continue;
    const args = call.value("args");
    if (args.kind === "instance") used.add(args.object);
    const trains = trained.filter(({ receiver }) => receiver?.kind === "instance" && receiver.object === made.object);
    for (const train of trains.length > 0 ? trains : [undefined]) {
      const reader = train?.node ?? END_OF_SCOPE;
      sets.push({ model: (call.name ?? "").replace("simpletransformers.", ""), constructor: call, train, read: (name) => readOf(script, made.object, call, train, name, reader) });
    }
  }
  for (const call of argsCalls(script)) {
    const made = script.evaluate(call.node, call.frame);
    if (made.kind !== "instance" || used.has(made.object)) continue;
    const model = (call.name ?? "").replace("simpletransformers.", "").replace(/Args$/, "Model");
    sets.push({ model, constructor: undefined, train: undefined, read: (name) => fieldOf(script, made.object, name, END_OF_SCOPE) });
  }
  return sets;
}

/** What `train_model(args=...)` says, else what was written to `model.args`, else what the model was built with. */
function readOf(script: Script, model: ScriptObject, constructor: Call, train: Call | undefined, name: string, reader: Node): ModelArgument {
  const given = train?.value("args") ?? ABSENT;
  if (given.kind === "record") {
    const entry = given.entries.get(name);
    if (entry) return { value: entry.value, entry: entry.entry, node: script.valueNode(entry.entry) };
    if (given.open) return NOT_KNOWN;
  } else if (given.kind !== "absent") return NOT_KNOWN;
  for (const field of [`args.${name}`, "args"]) {
    const value = script.objects.fieldAt(model, field, reader);
    if (field === "args" && (script.eventsOf(model).every((event) => event.field !== "args" && event.kind !== "escaped"))) continue;
    if (value.kind === "absent") continue;
    const written = script.eventsOf(model).findLast((event) => event.kind === "written" && event.field === field && event.from <= reader);
    return field === "args" ? NOT_KNOWN : { value, entry: written?.node ?? NO_NODE, node: written?.value ?? NO_NODE };
  }
  const args = constructor.value("args");
  if (args.kind === "record") {
    const entry = args.entries.get(name);
    return entry ? { value: entry.value, entry: entry.entry, node: script.valueNode(entry.entry) } : args.open ? NOT_KNOWN : NOT_SET;
  }
  if (args.kind === "instance" && ARGS_CLASS.test(args.object.className ?? "")) return fieldOf(script, args.object, name, reader);
  return args.kind === "absent" ? NOT_SET : NOT_KNOWN;
}

function fieldOf(script: Script, args: ScriptObject, name: string, reader: Node): ModelArgument {
  const value = script.objects.fieldAt(args, name, reader);
  if (value.kind === "absent") return NOT_SET;
  const written = script.eventsOf(args).findLast((event) => event.kind === "written" && event.field === name && event.from <= reader);
  if (written) return { value, entry: written.node, node: written.value ?? NO_NODE };
  const argument = args.call?.keywords.get(name);
  return { value, entry: argument?.entry ?? NO_NODE, node: argument?.node ?? NO_NODE };
}
