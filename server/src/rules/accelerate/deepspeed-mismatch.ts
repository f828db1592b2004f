import type { Fix, RelatedPlace } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { truthOf, type Value } from "../../script/values.js";
import { severityInUse } from "../transformers/trainers.js";
import { plainValue, relatedPlace, settled, shownSetting, type Setting, type SettingValue } from "./deepspeedConfiguration.js";
import { configurationsOf, type ReadUse } from "./deepspeedUses.js";

/** Classes whose defaults are known; TRL's and sentence-transformers' have some of their own. */
const PLAIN: ReadonlySet<string> = new Set(["transformers.TrainingArguments", "transformers.Seq2SeqTrainingArguments"]);

/** What the arguments say about one key, and where. */
interface Expected {
  readonly value: SettingValue;
  /** For the message: `learning_rate=2e-05`, `learning_rate (default) is 5e-05`. */
  readonly shown: string;
  /** The argument that is written for it, the first of several. */
  readonly written: string | undefined;
}

interface Comparison {
  readonly key: string;
  /** Undefined where it isn't known what the arguments say. */
  readonly expected: (read: Arguments) => Expected | undefined;
  readonly agrees?: (setting: SettingValue, expected: SettingValue) => boolean;
  /** Not compared again where the batch size is searched for. */
  readonly isBatch?: true;
}

/** The arguments of a call by name, as TrainingArguments gets them. */
type Arguments = (name: string) => { readonly value: SettingValue; readonly isWritten: boolean } | undefined;

/**
 * What `HfTrainerDeepSpeedConfig` compares (integrations/deepspeed.py, `trainer_config_process` and `trainer_config_finalize`), in its order. The
 * defaults are those of transformers 4.36 to 5.18.
 */
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

const COMPARISONS: readonly Comparison[] = [
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

function shownArgument(name: string, { value, isWritten }: { readonly value: SettingValue; readonly isWritten: boolean }): string {
  return `${name} is ${shownSetting(value, false)}${isWritten ? "" : " (the default)"}`;
}

/** Python's equality: 1 is 1.0 and True. */
function isEqual(a: SettingValue, b: SettingValue): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isEqual(item as SettingValue, b[index] as SettingValue));
  const plain = (value: SettingValue): SettingValue => (typeof value === "boolean" ? Number(value) : value);
  return plain(a) === plain(b);
}

export default defineRule({
  id: "accelerate/deepspeed-mismatch",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers", "trl", "accelerate", "sentence-transformers"],
  mentions: ["deepspeed", "DeepSpeed"],
  messages: {
    mismatch: '{key} is {setting} in {name}, but {argument}: train() raises ValueError. Write "auto" there.',
    accumulation: "gradient_accumulation_steps is {setting} in {name}, but {argument} in Accelerator, which is ignored. Make the two equal.",
  },
  docs: {
    summary: "A value of the DeepSpeed configuration that differs from the training arguments.",
    why: `Where a key of the configuration says something else than the argument that it stands for, \`train()\` raises \`ValueError: Please correct the following DeepSpeed config values that mismatch
TrainingArguments values\`, after the model is loaded. What an argument is left at counts too: \`"lr": 3e-5\` differs from the default of \`learning_rate\`. \`"auto"\` takes the argument's value, and a key that isn't
there is not compared. A number of accumulation steps that differs from Accelerator's is replaced without an error.

| Key | Argument |
| --- | --- |
| \`train_micro_batch_size_per_gpu\` | \`per_device_train_batch_size\` |
| \`gradient_accumulation_steps\` | \`gradient_accumulation_steps\` |
| \`train_batch_size\` | a multiple of the two |
| \`gradient_clipping\` | \`max_grad_norm\` |
| \`optimizer.params\`: \`lr\`, \`betas\`, \`eps\`, \`weight_decay\` | \`learning_rate\`, \`adam_beta1\` and \`adam_beta2\`, \`adam_epsilon\`, \`weight_decay\` |
| \`scheduler.params\`: \`warmup_max_lr\`, \`warmup_num_steps\`, \`total_num_steps\` | \`learning_rate\`, \`warmup_steps\`, \`max_steps\` |
| \`fp16.enabled\`, \`bf16.enabled\` | \`fp16\` or \`fp16_full_eval\`, \`bf16\` or \`bf16_full_eval\` |`,
    examples: [
      {
        title: "a file",
        files: {
          "ds.json": '{\n  "gradient_accumulation_steps": 4,\n  "bf16": { "enabled": "auto" },\n  "zero_optimization": { "stage": 2 }\n}\n',
          "ds_auto.json": '{\n  "gradient_accumulation_steps": "auto",\n  "bf16": { "enabled": "auto" },\n  "zero_optimization": { "stage": 2 }\n}\n',
        },
        bad: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", bf16=True, gradient_accumulation_steps=8, deepspeed="ds.json")
trainer = Trainer(model=model, args=args, train_dataset=dataset)
trainer.train()
`,
        good: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", bf16=True, gradient_accumulation_steps=8, deepspeed="ds_auto.json")
trainer = Trainer(model=model, args=args, train_dataset=dataset)
trainer.train()
`,
      },
      {
        title: "a dict, and a default",
        bad: `from transformers import Trainer, TrainingArguments

config = {
    "fp16": {"enabled": True},
    "zero_optimization": {"stage": 2},
}
args = TrainingArguments("out", deepspeed=config)
trainer = Trainer(model=model, args=args, train_dataset=dataset)
trainer.train()
`,
        good: `from transformers import Trainer, TrainingArguments

config = {
    "fp16": {"enabled": "auto"},
    "zero_optimization": {"stage": 2},
}
args = TrainingArguments("out", fp16=True, deepspeed=config)
trainer = Trainer(model=model, args=args, train_dataset=dataset)
trainer.train()
`,
      },
    ],
    references: [
      "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/integrations/deepspeed.py",
      "https://huggingface.co/docs/transformers/deepspeed",
      "https://github.com/huggingface/accelerate/blob/v1.10.1/src/accelerate/accelerator.py",
    ],
    silent: "For values that the script doesn't show, for defaults of TRL's and sentence-transformers' classes, and for batch sizes under auto_find_batch_size.",
  },
  check(ctx) {
    const { script } = ctx;
    const uses = configurationsOf(ctx);
    for (const use of uses) {
      if (use.taker !== "arguments") continue;
      const read = argumentsOf(use.call);
      const made = script.evaluate(use.call.node, use.call.frame);
      const severity = made.kind === "instance" ? severityInUse(script, made.object) : "warning";
      for (const { key, expected: expectedOf, agrees = isEqual, isBatch } of COMPARISONS) {
        const setting = settled(use.configuration.at(key));
        if (!setting || setting.value === null || (isBatch && !isCertainlyOff(use.call.value("auto_find_batch_size")))) continue;
        const expected = expectedOf(read);
        if (!expected || agrees(setting.value, expected.value)) continue;
        ctx.report({
          message: "mismatch",
          severity,
          data: { key, setting: shownSetting(setting.value, setting.place.file !== undefined), name: shortened(use.configuration.name), argument: expected.shown },
          ...placeOf(script, use, setting, expected.written, key),
          fixes: fixesOf(use, setting),
        });
      }
    }
    for (const call of script.callsTo("accelerate.Accelerator", { subclasses: false })) {
      const steps = call.keywords.get("gradient_accumulation_steps");
      const plugin = call.keywords.get("deepspeed_plugin")?.value;
      const number = steps && plainValue(steps.value);
      const use = plugin?.kind === "instance" ? uses.find((each) => each.taker === "plugin" && each.call === plugin.object.call) : undefined;
      const setting = use && settled(use.configuration.at("gradient_accumulation_steps"));
      if (!steps || typeof number !== "number" || !setting || setting.value === number || setting.value === null) continue;
      ctx.report({
        message: "accumulation",
        severity: "warning",
        data: { setting: shownSetting(setting.value, setting.place.file !== undefined), name: shortened(use.configuration.name), argument: `it is ${number}` },
        at: script.tree.span(steps.entry),
        related: [relatedPlace("gradient_accumulation_steps", setting.place)],
      });
    }
  },
});

function argumentsOf(call: Call): Arguments {
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

function isCertainlyOff(value: Value): boolean {
  return value.kind === "absent" || truthOf(value) === false;
}

/** In a dict at the key, with the argument beside it; for a file at the argument, with the key in the file beside it. */
function placeOf(script: Script, use: ReadUse, setting: Setting, written: string | undefined, key: string): { readonly at: { readonly start: number; readonly end: number }; readonly related: RelatedPlace[] } {
  const argument = written === undefined ? undefined : use.call.keywords.get(written);
  if (!setting.place.file) return { at: setting.place.entry, related: argument ? [{ message: "the argument", range: script.tree.span(argument.entry) }] : [] };
  return { at: script.tree.span((argument ?? use.argument).entry), related: [relatedPlace(key, setting.place)] };
}

function fixesOf({ argument }: ReadUse, { place }: Setting): Fix[] {
  if (place.file) return [{ title: `Write \`"auto"\` in ${place.file.name}, which takes the argument's value`, safety: "unsafe", edits: [{ ...place.value, newText: '"auto"' }], file: place.file }];
  if (argument.value.kind !== "record") return [];
  return [{ title: 'Write `"auto"`, which takes the argument\'s value', safety: "safe", edits: [{ ...place.value, newText: '"auto"' }] }];
}

function shortened(name: string): string {
  return name.length > 40 ? `…${name.slice(-39)}` : name;
}
