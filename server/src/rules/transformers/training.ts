/** Trainers whose arguments are certain, with what those are when the script trains. */
import type { Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import { END_OF_SCOPE } from "../../script/reaching.js";
import type { Script } from "../../script/script.js";
import { ABSENT, UNKNOWN, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { argumentsOf, callsOn, fieldOf, trainersOf, type Trainer } from "./trainers.js";

export interface Training {
  readonly trainer: Trainer;
  readonly args: ScriptObject | "none";
  /** The script's calls of `train()` on it. */
  readonly trains: readonly Call[];
  /** Where the arguments are read: the first `train()`, else the Trainer's call. */
  readonly reader: Node;
  /** A field as the training reads it, with the library's default. */
  readonly field: (name: string) => Value;
  /** The same as the script writes it: `absent` where it says nothing. */
  readonly written: (name: string) => Value;
}

const known = new WeakMap<Script, readonly Training[]>();

export function trainingsOf(script: Script): readonly Training[] {
  let trainings = known.get(script);
  if (!trainings) known.set(script, (trainings = findTrainings(script)));
  return trainings;
}

function findTrainings(script: Script): Training[] {
  return trainersOf(script).flatMap((trainer) => {
    const args = argumentsOf(trainer);
    if (!args) return [];
    const trains = callsOn(script, trainer, "train");
    const reader = trains[0]?.node ?? trainer.call.node;
    const written = (name: string): Value => (args === "none" ? ABSENT : writtenField(script, args, name, reader));
    return [{ trainer, args, trains, reader, field: (name: string) => fieldOf(script, args, name, reader), written }];
  });
}

/** TRL's trainers with a loop of their own, which counts episodes (PPO, and RLOO up to 0.21). */
const OWN_LOOP = /^trl\.(?:\w+\.)*(?:PPO|RLOO)Config$/;

/** A call that builds TrainingArguments, with what its object holds in the end. */
export interface Arguments {
  readonly call: Call;
  readonly object: ScriptObject;
  /** With the library's default. */
  readonly field: (name: string) => Value;
  readonly written: (name: string) => Value;
}

export function argumentObjectsOf(script: Script): Arguments[] {
  return script.callsTo("transformers.TrainingArguments").flatMap((call) => {
    const made = script.evaluate(call.node, call.frame);
    if (made.kind !== "instance" || OWN_LOOP.test(call.name ?? "")) return [];
    const { object } = made;
    return [{ call, object, field: (name: string) => fieldOf(script, object, name, END_OF_SCOPE), written: (name: string) => writtenField(script, object, name, END_OF_SCOPE) }];
  });
}

function writtenField(script: Script, args: ScriptObject, name: string, reader: Node): Value {
  // Beyond output_dir the order of the positionals differs between versions.
  if ((args.call?.positional.length ?? 0) > 1 && args.call?.keywords.has(name) !== true) return UNKNOWN;
  return script.objects.fieldAt(args, name, reader);
}

/** Whether the script reads an attribute of this name anywhere: then it may do by itself what the library leaves undone. */
export function readsAttribute(script: Script, name: string): boolean {
  const { tree } = script;
  return script.scopes.attributes(name).some((attribute) => !/^\s*=(?!=)/.test(tree.text.slice(tree.end(attribute))));
}
