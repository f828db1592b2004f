import { defineRule } from "../../analysis/rule.js";
import { isNothing } from "../nothing.js";
import { modelOf } from "../transformers/models.js";
import { argumentsOf, givenTo, trainersOf } from "../transformers/trainers.js";
import { relatedPlace, zeroStage } from "./deepspeedConfiguration.js";
import { configurationsOf, deepspeedUses, isZero3, useIn } from "./deepspeedUses.js";

/** What tells `from_pretrained` by other means. */
const TOLD_OTHERWISE = /\bzero(?:\.| import )Init\b|ACCELERATE_USE_DEEPSPEED|set_hf_deepspeed_config|HfTrainerDeepSpeedConfig/;

export default defineRule({
  id: "accelerate/model-before-deepspeed-arguments",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["deepspeed"],
  messages: {
    whole: "Loaded before {class} with ZeRO stage 3 ({name}) is built, the whole model silently lies on every process. Build {class} first.",
  },
  docs: {
    summary: "A model that is loaded before the arguments that would have sharded it.",
    why: `\`from_pretrained\` shards a model over the processes as it loads it, so that none of them ever holds it whole. It does so only while TrainingArguments with ZeRO stage 3 are there: they tell it. Loaded
before, the model lies in the memory of every process, and a model that is made for several GPUs ends with an out-of-memory error that says nothing of this.`,
    examples: [
      {
        files: { "ds_zero3.json": '{\n  "train_micro_batch_size_per_gpu": "auto",\n  "zero_optimization": { "stage": 3 }\n}\n' },
        bad: `from transformers import AutoModelForCausalLM, Trainer, TrainingArguments

model = AutoModelForCausalLM.from_pretrained("facebook/opt-6.7b")
args = TrainingArguments("out", deepspeed="ds_zero3.json")
trainer = Trainer(model=model, args=args, train_dataset=dataset)
`,
        good: `from transformers import AutoModelForCausalLM, Trainer, TrainingArguments

args = TrainingArguments("out", deepspeed="ds_zero3.json")
model = AutoModelForCausalLM.from_pretrained("facebook/opt-6.7b")
trainer = Trainer(model=model, args=args, train_dataset=dataset)
`,
      },
    ],
    references: ["https://huggingface.co/docs/transformers/deepspeed#deepspeed-configuration-file", "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/modeling_utils.py"],
    silent: "Where an HfDeepSpeedConfig or deepspeed.zero.Init is there earlier, for quantised models, which are loaded whole in any case, and where the order isn't plain.",
  },
  check(ctx) {
    const { script } = ctx;
    if (TOLD_OTHERWISE.test(script.text) || deepspeedUses(script).some(({ taker }) => taker !== "arguments")) return;
    const uses = configurationsOf(ctx).filter(isZero3);
    if (uses.length === 0) return;
    for (const trainer of trainersOf(script)) {
      const args = argumentsOf(trainer);
      const use = args && args !== "none" ? useIn(uses, args) : undefined;
      const load = modelOf(givenTo(trainer, "model"))?.call;
      const stage = use && zeroStage(use.configuration);
      if (!use || !stage || !load || !/^(?:from_pretrained|from_config)$/.test(load.method) || load.isOpen) continue;
      const isQuantised = ["quantization_config", "load_in_4bit", "load_in_8bit"].some((name) => !isNothing(load.value(name)));
      if (isQuantised || !script.precedes(load.node, use.call.node)) continue;
      // Arguments of another kind, built earlier, would tell it as well.
      if (script.callsTo("transformers.TrainingArguments").some((call) => call !== use.call && call.node < load.node)) continue;
      ctx.report({
        message: "whole",
        data: { class: use.call.method, name: use.configuration.name.length > 40 ? `…${use.configuration.name.slice(-39)}` : use.configuration.name },
        at: load.nameSpan,
        related: [{ message: "the arguments are built here", range: use.call.nameSpan }, relatedPlace("stage 3", stage.place)],
      });
    }
  },
});
