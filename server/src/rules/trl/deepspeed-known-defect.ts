import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import { zeroStage } from "../accelerate/deepspeedConfiguration.js";
import { configurationsOf, deepspeedUses, useIn } from "../accelerate/deepspeedUses.js";
import { isTrue } from "../accelerate/quantization.js";
import { wrappingOf } from "../peft/adaptedModels.js";
import { argumentOf, isGiven, trlTrainersOf, type TrlTrainer } from "./trainerCalls.js";

type Message = "emptyAdapter" | "quantized" | "unsure";

/** A defect of SFTTrainer under ZeRO stage 3. */
interface Defect {
  readonly message: Exclude<Message, "unsure">;
  readonly versions: string;
  /** For scripts whose version isn't known. */
  readonly short: string;
  readonly concerns: (script: Script, trainer: TrlTrainer) => boolean;
}

/** The trainer's own source and changelog: #1416 of trl. What 0.22 to 0.27 does with checkpointing is peft/non-reentrant-with-zero3. */
const DEFECTS: readonly Defect[] = [
  { message: "emptyAdapter", versions: ">=0.4.2,<0.7.5", short: "before 0.7.5 saved adapters can be empty", concerns: (_, trainer) => hasAdapter(trainer) },
  { message: "quantized", versions: "<0.8", short: "before 0.8 no 4-bit model", concerns: (script, trainer) => hasAdapter(trainer) && isQuantized(script, trainer) },
];

export default defineRule({
  id: "trl/deepspeed-known-defect",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["trl"],
  mentions: ["deepspeed", "DeepSpeed"],
  messages: {
    emptyAdapter: "{stage}, each checkpoint takes the adapter from one process before trl 0.7.5, and what is saved can be empty. Upgrade trl.",
    quantized: "{stage}, SFTTrainer can't train a 4-bit model before trl 0.8: its weights can't be sharded. Use stage 2, or upgrade trl.",
    unsure: "{stage}, some versions of trl have a known defect here: {defects}. Pin a version that doesn't.",
  } satisfies Record<Message, string>,
  docs: {
    summary: "SFTTrainer with DeepSpeed in a version of trl that has a known defect there.",
    why: `\`SFTTrainer\` works with DeepSpeed. What is left of the other opinion is a list of defects, each of ZeRO stage 3 and of some versions:

| trl | Defect |
| --- | --- |
| 0.4.2 to 0.7.4 | With \`peft_config\` every checkpoint saves the adapter from one process, which holds a shard of it |
| before 0.8 | No 4-bit models |

Checkpointing without re-entering is \`peft/non-reentrant-with-zero3\`.`,
    examples: [
      {
        versions: { trl: "0.7.4" },
        files: { "ds_zero3.json": '{\n  "train_micro_batch_size_per_gpu": "auto",\n  "zero_optimization": { "stage": 3 }\n}\n' },
        bad: `from peft import LoraConfig
from transformers import TrainingArguments
from trl import SFTTrainer

args = TrainingArguments("out", deepspeed="ds_zero3.json")
trainer = SFTTrainer(model, args=args, train_dataset=dataset, dataset_text_field="text", packing=True, peft_config=LoraConfig())
`,
        good: `from transformers import TrainingArguments
from trl import SFTTrainer

args = TrainingArguments("out", deepspeed="ds_zero3.json")
trainer = SFTTrainer(model, args=args, train_dataset=dataset, dataset_text_field="text", packing=True)
`,
      },
    ],
    references: [
      "https://github.com/huggingface/trl/blob/v0.7.4/trl/trainer/sft_trainer.py",
      "https://github.com/huggingface/trl/pull/1416",
      ],
    silent: "For other stages than 3; for a configuration that comes from the launcher or the command line; where the model or the adapter that a defect is about can't be seen.",
  },
  check(ctx) {
    const uses = deepspeedUses(ctx.script);
    if (uses.length === 0) return;
    const read = configurationsOf(ctx);
    for (const trainer of trlTrainersOf(ctx.script, ["SFT"])) {
      const use = trainer.args?.call && uses.find(({ call }) => call === trainer.args?.call);
      if (!trainer.args || !use || (stringOf(use.argument.value) === undefined && use.argument.value.kind !== "record")) continue;
      const known = useIn(read, trainer.args);
      const stage = known && zeroStage(known.configuration)?.value;
      if (known && stage !== 3) continue;
      tell(ctx, trainer, use.argument.entry, known ? "Under ZeRO stage 3" : "If it is ZeRO stage 3");
    }
  },
});

function tell(ctx: RuleContext<Message>, trainer: TrlTrainer, entry: number, stage: string): void {
  const { script } = ctx;
  const at = script.tree.span(entry);
  const versions = ctx.versionsAt(trainer.call.span.start);
  const met = DEFECTS.filter(({ versions: range, concerns }) => versions.holds({ trl: range }) !== "never" && concerns(script, trainer));
  for (const { message, versions: range } of met) if (versions.holds({ trl: range }) === "always") ctx.report({ message, data: { stage }, at });
  const unsure = met.filter(({ versions: range }) => versions.holds({ trl: range }) === "sometimes");
  if (unsure.length > 0) ctx.report({ message: "unsure", data: { stage, defects: unsure.slice(0, 2).map(({ short }) => short).join(", ") }, at, severity: "information" });
}

function hasAdapter({ call }: TrlTrainer): boolean {
  return isGiven(call.value("peft_config"));
}

/** The keywords that a model is loaded with, by the script or by the trainer. */
function loadOption(script: Script, trainer: TrlTrainer, names: readonly string[]): Value | undefined {
  const model = trainer.call.value("model", 0);
  const wrapping = wrappingOf(model);
  const loaded = wrapping ? wrapping.value("model", 0) : model;
  const load = loaded.kind === "instance" ? loaded.object.call : undefined;
  if (load) return names.map((name) => load.keywords.get(name)?.value).find((value) => value !== undefined);
  const options = argumentOf(script, trainer, "model_init_kwargs");
  return options.kind === "record" ? names.map((name) => options.entries.get(name)?.value).find((value) => value !== undefined) : undefined;
}

function isQuantized(script: Script, trainer: TrlTrainer): boolean {
  const config = loadOption(script, trainer, ["quantization_config"]);
  const flag = loadOption(script, trainer, ["load_in_4bit", "load_in_8bit"]);
  return (config !== undefined && truthOf(config) !== false && isGiven(config)) || (flag !== undefined && isTrue(flag));
}
