import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { truthOf } from "../../script/values.js";
import { argumentOf, isGiven, trlTrainersOf } from "./trainerCalls.js";

export default defineRule({
  id: "trl/reference-model-conflict",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["DPOTrainer"],
  messages: {
    same: "The model is its own ref_model: DPOTrainer raises ValueError. Drop ref_model: DPOTrainer makes a copy.",
    peft: "ref_model together with peft_config: DPOTrainer raises ValueError. Drop ref_model: the model without its adapter is the reference.",
    peftUnsure: "ref_model together with peft_config: DPOTrainer raises ValueError before trl 0.28. Drop ref_model: the model without its adapter is the reference.",
    sameUnsure: "The model is its own ref_model: DPOTrainer raises ValueError from trl 0.11 on. Drop ref_model: DPOTrainer makes a copy.",
  },
  docs: {
    summary: "A ref_model for DPO that is the model itself, or stands beside a peft_config.",
    why: `DPO compares the model with a frozen reference. Without \`ref_model\` the trainer copies the model; with a \`peft_config\` the model with its adapter switched off is the
reference, for no memory at all. The same object as model and reference raises \`ValueError\` since trl 0.11, a \`ref_model\` beside a \`peft_config\` up to 0.27,
unless \`force_use_ref_model\` is set.`,
    examples: [
      {
        versions: { trl: "1.13.0" },
        bad: `from transformers import AutoModelForCausalLM
from trl import DPOConfig, DPOTrainer

model = AutoModelForCausalLM.from_pretrained("gpt2")
trainer = DPOTrainer(model=model, ref_model=model, args=DPOConfig("out"), train_dataset=dataset)
`,
        good: `from transformers import AutoModelForCausalLM
from trl import DPOConfig, DPOTrainer

model = AutoModelForCausalLM.from_pretrained("gpt2")
trainer = DPOTrainer(model=model, args=DPOConfig("out"), train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v1.0.0/trl/trainer/dpo_trainer.py"],
    silent: "Where the reference may be None, and where force_use_ref_model is set or may be.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trlTrainersOf(script, ["DPO"])) {
      const { call } = trainer;
      const reference = call.argument("ref_model", 1);
      if (!reference || !isGiven(reference.value)) continue;
      const model = call.value("model", 0);
      const at = script.tree.span(reference.entry);
      const fixes = reference.via === "keyword" ? [{ title: "Leave `ref_model` out", safety: "safe" as const, edits: [removeArgument(script, reference)] }] : [];
      if (model.kind === "instance" && reference.value.kind === "instance" && model.object === reference.value.object) {
        ctx.report({ message: "same", unsure: "sameUnsure", at, when: { trl: ">=0.11" }, raises: "ValueError", fixes });
        continue;
      }
      const config = call.argument("peft_config");
      const force = [argumentOf(script, trainer, "force_use_ref_model"), call.value("force_use_ref_model")];
      if (!config || !isGiven(config.value) || force.some((value) => value.kind !== "absent" && truthOf(value) !== false)) continue;
      ctx.report({ message: "peft", unsure: "peftUnsure", at, when: { trl: ">=0.7.11,<0.28" }, raises: "ValueError", fixes });
    }
  },
});
