/** The trainers of sentence-transformers, one for each kind of model, and the arguments class that each asks for. */
import type { Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";

export { isNothing } from "../nothing.js";

const TRAINER = /^sentence_transformers\.(?:\w+\.)*(SentenceTransformer|CrossEncoder|SparseEncoder|MultiVectorEncoder)Trainer$/;
const ARGUMENTS = /^sentence_transformers\.(?:\w+\.)*\w+TrainingArguments$/;

export interface SentenceTrainer {
  readonly call: Call;
  /** `SentenceTransformer`, `CrossEncoder` ... */
  readonly kind: string;
}

/** Every call of one of the library's own trainer classes. */
export function sentenceTrainersOf(script: Script): SentenceTrainer[] {
  return script.callsMatching(TRAINER, /Trainer$/).map((call) => ({ call, kind: TRAINER.exec(call.name ?? "")?.[1] ?? "" }));
}

/** The order of the first parameters, the same in all versions. */
const POSITIONS = ["model", "args", "train_dataset", "eval_dataset", "loss", "evaluator"] as const;

export function givenTo({ call }: SentenceTrainer, name: (typeof POSITIONS)[number]): Value {
  return call.value(name, POSITIONS.indexOf(name));
}

/** The arguments object that a trainer certainly gets, if it is of one of the library's classes. */
export function argumentsOf(trainer: SentenceTrainer): ScriptObject | undefined {
  const value = givenTo(trainer, "args");
  return value.kind === "instance" && ARGUMENTS.test(value.object.className ?? "") ? value.object : undefined;
}
