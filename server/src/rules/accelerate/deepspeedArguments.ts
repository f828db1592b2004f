/** What a call of TrainingArguments says, as DeepSpeed's configuration is compared with it. */
import type { Call } from "../../script/calls.js";
import { plainValue, type SettingValue } from "./deepspeedConfiguration.js";

export interface TrainingArgument {
  readonly value: SettingValue;
  /** False for the library's default. */
  readonly isWritten: boolean;
}

/** The arguments of a call by name, as TrainingArguments gets them; undefined where that isn't known. */
export type Arguments = (name: string) => TrainingArgument | undefined;

/** Classes whose defaults are known; TRL's and sentence-transformers' have some of their own. */
const PLAIN: ReadonlySet<string> = new Set(["transformers.TrainingArguments", "transformers.Seq2SeqTrainingArguments"]);

/** The defaults of those that are compared, in transformers 4.36 to 5.18. */
const DEFAULTS: Readonly<Record<string, SettingValue>> = {
  per_device_train_batch_size: 8,
  gradient_accumulation_steps: 1,
  max_grad_norm: 1,
  learning_rate: 5e-5,
  adam_beta1: 0.9,
  adam_beta2: 0.999,
  adam_epsilon: 1e-8,
  weight_decay: 0,
  fp16: false,
  bf16: false,
  fp16_full_eval: false,
  bf16_full_eval: false,
};

export function argumentsOf(call: Call): Arguments {
  const isPlain = PLAIN.has(call.name ?? "");
  return (name) => {
    // Beyond output_dir the order of the positionals differs between versions; an old name may be there for the same argument.
    if (call.positional.length > 1 && !call.keywords.has(name)) return undefined;
    if (name === "per_device_train_batch_size" && call.keywords.has("per_gpu_train_batch_size")) return undefined;
    const value = call.value(name);
    if (value.kind !== "absent") {
      const plain = plainValue(value);
      return plain === undefined ? undefined : { value: plain, isWritten: true };
    }
    const fallback = isPlain ? DEFAULTS[name] : undefined;
    return fallback === undefined ? undefined : { value: fallback, isWritten: false };
  };
}
