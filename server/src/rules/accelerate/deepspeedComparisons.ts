/** Which keys of a DeepSpeed configuration stand for which training arguments. */
import type { Arguments, TrainingArgument } from "./deepspeedArguments.js";
import { shownSetting, type SettingValue } from "./deepspeedConfiguration.js";

/** What the arguments say about one key, and where. */
export interface Expected {
  readonly value: SettingValue;
  /** For the message: `learning_rate=2e-05`, `learning_rate (default) is 5e-05`. */
  readonly shown: string;
  /** The argument that is written for it, the first of several. */
  readonly written: string | undefined;
}

export interface Comparison {
  readonly key: string;
  /** Undefined where it isn't known what the arguments say. */
  readonly expected: (read: Arguments) => Expected | undefined;
  /** Equality, unless said otherwise. */
  readonly agrees?: (setting: SettingValue, expected: SettingValue) => boolean;
  /** Not compared again where the batch size is searched for. */
  readonly isBatch?: true;
}

/** What `HfTrainerDeepSpeedConfig` compares (integrations/deepspeed.py, `trainer_config_process` and `trainer_config_finalize`), in its order. */
export const COMPARISONS: readonly Comparison[] = [
  { key: "train_micro_batch_size_per_gpu", expected: same("per_device_train_batch_size"), isBatch: true },
  { key: "gradient_accumulation_steps", expected: same("gradient_accumulation_steps") },
  // It is the product of these two and the number of GPUs, which nobody knows here: only what no number makes up for is a mistake.
  { key: "train_batch_size", expected: perGpu, agrees: (whole, part) => typeof whole !== "number" || typeof part !== "number" || part <= 0 || (whole > 0 && whole % part === 0), isBatch: true },
  { key: "gradient_clipping", expected: same("max_grad_norm") },
  { key: "optimizer.params.lr", expected: same("learning_rate") },
  { key: "optimizer.params.betas", expected: betas },
  { key: "optimizer.params.eps", expected: same("adam_epsilon") },
  { key: "optimizer.params.weight_decay", expected: same("weight_decay") },
  { key: "scheduler.params.warmup_max_lr", expected: same("learning_rate") },
  { key: "fp16.enabled", expected: either("fp16", "fp16_full_eval") },
  { key: "bf16.enabled", expected: either("bf16", "bf16_full_eval") },
  { key: "scheduler.params.total_num_steps", expected: atLeastOne("max_steps") },
  { key: "scheduler.params.warmup_num_steps", expected: atLeastOne("warmup_steps") },
];

function same(name: string): Comparison["expected"] {
  return (read) => {
    const argument = read(name);
    return argument && { value: argument.value, shown: shownArgument(name, argument), written: argument.isWritten ? name : undefined };
  };
}

/** A number of steps that counts as it is written; what is left out or not positive is worked out from other things. */
function atLeastOne(name: string): Comparison["expected"] {
  return (read) => {
    const argument = read(name);
    return argument?.isWritten && typeof argument.value === "number" && Number.isInteger(argument.value) && argument.value >= 1 ? same(name)(read) : undefined;
  };
}

function either(training: string, evaluation: string): Comparison["expected"] {
  return (read) => {
    const [first, second] = [read(training), read(evaluation)];
    if (typeof first?.value !== "boolean" || typeof second?.value !== "boolean") return undefined;
    const [name, argument] = !first.value && second.value ? ([evaluation, second] as const) : ([training, first] as const);
    return { value: first.value || second.value, shown: shownArgument(name, argument), written: argument.isWritten ? name : undefined };
  };
}

function betas(read: Arguments): Expected | undefined {
  const [first, second] = [read("adam_beta1"), read("adam_beta2")];
  if (!first || !second) return undefined;
  return { value: [first.value, second.value], shown: `adam_beta1 and adam_beta2 are ${shownSetting([first.value, second.value], false)}`, written: first.isWritten ? "adam_beta1" : second.isWritten ? "adam_beta2" : undefined };
}

function perGpu(read: Arguments): Expected | undefined {
  const [micro, accumulation] = [read("per_device_train_batch_size"), read("gradient_accumulation_steps")];
  if (typeof micro?.value !== "number" || typeof accumulation?.value !== "number") return undefined;
  const written = micro.isWritten ? "per_device_train_batch_size" : accumulation.isWritten ? "gradient_accumulation_steps" : undefined;
  return { value: micro.value * accumulation.value, shown: `the arguments make ${micro.value} × ${accumulation.value} per GPU`, written };
}

function shownArgument(name: string, { value, isWritten }: TrainingArgument): string {
  return `${name} is ${shownSetting(value, false)}${isWritten ? "" : " (the default)"}`;
}

/** Whether a configuration says what the arguments say. */
export function agree({ agrees = isEqual }: Comparison, setting: SettingValue, expected: SettingValue): boolean {
  return agrees(setting, expected);
}

/** Python's equality: 1 is 1.0 and True. */
function isEqual(a: SettingValue, b: SettingValue): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isEqual(item as SettingValue, b[index] as SettingValue));
  const plain = (value: SettingValue): SettingValue => (typeof value === "boolean" ? Number(value) : value);
  return plain(a) === plain(b);
}
