/** Moves an argument from the arguments object to the trainer that is built with it. */
import { addArgument, mergedEdits, removeArguments } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { Kind } from "../../syntax/kind.js";

/** None where the arguments go into no trainer in sight, or into several. */
export function trainerMoveFixes(script: Script, call: Call, argument: Argument): Fix[] {
  const { tree } = script;
  const made = script.evaluate(call.node, call.frame);
  const { name } = argument;
  if (made.kind !== "instance" || name === undefined || tree.kind(argument.entry) !== Kind.keyword_argument) return [];
  const trainers = script.callsTo("transformers.Trainer").filter((trainer) => {
    const given = trainer.value("args", 1);
    return given.kind === "instance" && given.object === made.object;
  });
  const [trainer] = trainers;
  if (!trainer || trainers.length > 1 || trainer.keywords.has(name) || trainer.node < call.node) return [];
  const added = addArgument(script, trainer, name, tree.textOf(argument.node));
  if (!added) return [];
  return [{ title: `Move ${name} to ${trainer.method}`, safety: "safe", edits: mergedEdits([added, ...removeArguments(script, call, [argument])]) }];
}
