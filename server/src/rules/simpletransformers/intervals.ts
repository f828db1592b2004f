/** The step intervals of a simpletransformers script, wherever they are set. */
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

/** The intervals that simpletransformers counts in optimizer steps. */
const STEP_FIELDS = ["evaluate_during_training_steps", "logging_steps", "save_steps", "warmup_steps"] as const;

export const ARGS_CLASS = /^simpletransformers\.\w*Args$/;
export const MODEL_CLASS = /^simpletransformers\.\w+Model$/;

/** A step interval with the place where it is set. */
export interface Interval {
  readonly field: string;
  readonly value: Value;
  readonly target: Node;
}

/** Everything that sets a step interval: constructor, attribute, the dict given to a model or to train_model. */
export function intervalsOf(script: Script): Interval[] {
  const intervals: Interval[] = [];
  for (const field of STEP_FIELDS) {
    for (const attribute of script.scopes.attributes(field)) {
      const statement = script.tree.parent(attribute);
      const isWrite = script.tree.field(attribute) === Field.left && (script.tree.kind(statement) === Kind.assignment || script.tree.kind(statement) === Kind.augmented_assignment);
      if (!isWrite || !isArgs(script, script.tree.child(attribute, Field.object))) continue;
      intervals.push({ field, value: script.evaluate(script.tree.child(statement, Field.right)), target: attribute });
    }
  }
  for (const call of argsCalls(script)) {
    for (const field of STEP_FIELDS) {
      const argument = call.keywords.get(field);
      if (argument) intervals.push({ field, value: argument.value, target: argument.entry });
    }
  }
  for (const call of modelCalls(script)) {
    const given = call.value("args");
    if (given.kind !== "record") continue;
    for (const field of STEP_FIELDS) {
      const entry = given.entries.get(field);
      if (entry) intervals.push({ field, value: entry.value, target: entry.entry });
    }
  }
  return intervals;
}

export function argsCalls(script: Script): readonly Call[] {
  return script.callsMatching(ARGS_CLASS, /Args$/);
}

/** Constructors of models and their `train_model`, which takes a dict of arguments too. */
export function modelCalls(script: Script): readonly Call[] {
  return [
    ...script.callsMatching(MODEL_CLASS, /Model$/),
    ...script.callsOfMethod("train_model").filter(({ receiver }) => receiver?.kind === "instance" && MODEL_CLASS.test(receiver.object.className ?? "")),
  ];
}

/** `model_args`, or the `model.args` of a simpletransformers model. */
function isArgs(script: Script, node: Node): boolean {
  const value = script.evaluate(node);
  if (value.kind === "instance") return ARGS_CLASS.test(value.object.className ?? "");
  return value.kind === "attribute" && value.name === "args" && value.object.kind === "instance" && MODEL_CLASS.test(value.object.object.className ?? "");
}
