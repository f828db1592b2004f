import type { Fix, RelatedPlace } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { truthOf, type Value } from "../../script/values.js";
import { severityInUse } from "../transformers/trainers.js";
import { argumentsOf } from "./deepspeedArguments.js";
import { agree, COMPARISONS } from "./deepspeedComparisons.js";
import { plainValue, relatedPlace, settled, shownSetting, type Setting } from "./deepspeedConfiguration.js";
import { configurationsOf, type ReadUse } from "./deepspeedUses.js";

type Message = "mismatch" | "accumulation";

export default defineRule<Message>({
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
    const uses = configurationsOf(ctx);
    for (const use of uses) if (use.taker === "arguments") compareWithArguments(ctx, use);
    for (const call of ctx.script.callsTo("accelerate.Accelerator", { subclasses: false })) compareAccumulation(ctx, call, uses);
  },
});

function compareWithArguments({ script, report }: RuleContext<Message>, use: ReadUse): void {
  const read = argumentsOf(use.call);
  const made = script.evaluate(use.call.node, use.call.frame);
  const severity = made.kind === "instance" ? severityInUse(script, made.object) : "warning";
  for (const comparison of COMPARISONS) {
    const { key } = comparison;
    const setting = settled(use.configuration.at(key));
    if (!setting || setting.value === null || (comparison.isBatch && !isCertainlyOff(use.call.value("auto_find_batch_size")))) continue;
    const expected = comparison.expected(read);
    if (!expected || agree(comparison, setting.value, expected.value)) continue;
    report({
      message: "mismatch",
      severity,
      data: { key, setting: shownSetting(setting.value, setting.place.file !== undefined), name: shortened(use.configuration.name), argument: expected.shown },
      ...placeOf(script, use, setting, expected.written, key),
      raises: "ValueError",
      fixes: fixesOf(use, setting),
    });
  }
}

/** Accelerator's own number of steps, which the configuration replaces. */
function compareAccumulation({ script, report }: RuleContext<Message>, call: Call, uses: readonly ReadUse[]): void {
  const steps = call.keywords.get("gradient_accumulation_steps");
  const plugin = call.keywords.get("deepspeed_plugin")?.value;
  const number = steps && plainValue(steps.value);
  const use = plugin?.kind === "instance" ? uses.find((each) => each.taker === "plugin" && each.call === plugin.object.call) : undefined;
  const setting = use && settled(use.configuration.at("gradient_accumulation_steps"));
  if (!steps || typeof number !== "number" || !setting || setting.value === number || setting.value === null) return;
  report({
    message: "accumulation",
    severity: "warning",
    data: { setting: shownSetting(setting.value, setting.place.file !== undefined), name: shortened(use.configuration.name), argument: `it is ${number}` },
    at: script.tree.span(steps.entry),
    related: [relatedPlace("gradient_accumulation_steps", setting.place)],
  });
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
