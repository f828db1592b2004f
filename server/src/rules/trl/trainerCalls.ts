/** The trainers of TRL in a script, with their arguments. */
import type { Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { ABSENT, UNKNOWN, type Value } from "../../script/values.js";
import type { Span } from "../../syntax/text.js";
import { isNone } from "../nothing.js";
import { placeOfField } from "../transformers/trainers.js";
import { isPatchedByUnsloth } from "../unsloth.js";

export { isGiven, isNone } from "../nothing.js";

export interface TrlTrainer {
  readonly call: Call;
  /** `SFT`, `DPO` ... */
  readonly method: string;
  /** The object of its `args`, where the script makes it of a class of the libraries: one's own may have other defaults, or change what it is given. */
  readonly args: ScriptObject | undefined;
}

/** Every TRL trainer of some methods that is built by its own name. Unsloth patches them, so that nothing holds where it is imported. */
export function trlTrainersOf(script: Script, methods: readonly string[]): TrlTrainer[] {
  if (isPatchedByUnsloth(script)) return [];
  return allTrlTrainers(script).filter(({ method }) => methods.includes(method));
}

const TRAINER = /^trl\.(?:experimental\.\w+\.)?(\w+)Trainer$/;
const known = new WeakMap<Script, readonly TrlTrainer[]>();

function allTrlTrainers(script: Script): readonly TrlTrainer[] {
  let trainers = known.get(script);
  if (!trainers) {
    trainers = script.callsMatching(TRAINER, /Trainer$/).map((call) => {
      const args = argsOf(call);
      return { call, method: TRAINER.exec(call.name ?? "")?.[1] ?? "", args: args.kind === "instance" && !args.object.localClass ? args.object : undefined };
    });
    known.set(script, trainers);
  }
  return trainers;
}

/** The `args` of a trainer: GRPO and its like have the reward functions before them. */
export function argsOf(call: Call): Value {
  const position = /(?:GRPO|RLOO|OnlineDPO|NashMD|XPO)Trainer$/.test(call.name ?? "") ? 2 : /(?:DPO|KTO)Trainer$/.test(call.name ?? "") ? -1 : 1;
  return call.value("args", position);
}

/** A field of the trainer's arguments when it is built; `absent` where its default holds, unknown where its arguments aren't seen. */
export function argumentOf(script: Script, { call, args }: TrlTrainer, name: string): Value {
  if (args) return script.objects.fieldAt(args, name, call.node, call.frame);
  const given = argsOf(call);
  return isNone(given) || (given.kind === "absent" && !call.isOpen) ? ABSENT : UNKNOWN;
}

/** An option where the trainer itself is given it (as SFT and DPO were before 0.13, whose own argument comes first), else in its arguments. */
export function optionOf(script: Script, trainer: TrlTrainer, name: string): Value {
  return trainer.call.keywords.has(name) ? trainer.call.value(name) : argumentOf(script, trainer, name);
}

/** Where an option is written: the trainer's keyword, the last assignment to its arguments, or the keyword that these were built with. */
export function placeOfOption(script: Script, { call, args }: TrlTrainer, name: string): Span {
  const own = call.keywords.get(name);
  return own ? script.tree.span(own.entry) : ((args && placeOfField(script, args, name, call.node)) ?? call.nameSpan);
}
