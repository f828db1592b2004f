import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { isGiven, trlTrainersOf } from "./trainerCalls.js";

export default defineRule({
  id: "trl/peft-model-and-peft-config",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["peft_config"],
  messages: {
    raises: "The model has its adapter already, and peft_config asks for another one: raises ValueError from trl 0.27 on. Pass one of the two.",
    unsure: "The model has its adapter already: from trl 0.27 on this peft_config raises ValueError, before it is ignored, or the first adapter is merged away (0.20 to 0.26). Pass one of the two.",
    silent: "The model has its adapter already: before trl 0.27 this peft_config is ignored, or the first adapter is merged away (0.20 to 0.26). Pass one of the two.",
  },
  docs: {
    summary: "A model that is wrapped by peft and a peft_config for the same trainer.",
    why: `A TRL trainer wraps its model itself when it gets a \`peft_config\`. Given a model that is a \`PeftModel\` already, it raises \`ValueError\` since 0.27. Before, up to 0.19
the config was ignored; from 0.20 to 0.26 the first adapter was merged into the weights and a new one made, both without a word.`,
    examples: [
      {
        versions: { trl: "1.13.0" },
        bad: `from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM
from trl import SFTTrainer

config = LoraConfig(task_type="CAUSAL_LM", target_modules="all-linear")
model = get_peft_model(AutoModelForCausalLM.from_pretrained("gpt2"), config)
trainer = SFTTrainer(model=model, train_dataset=dataset, peft_config=config)
`,
        good: `from peft import LoraConfig
from transformers import AutoModelForCausalLM
from trl import SFTTrainer

config = LoraConfig(task_type="CAUSAL_LM", target_modules="all-linear")
model = AutoModelForCausalLM.from_pretrained("gpt2")
trainer = SFTTrainer(model=model, train_dataset=dataset, peft_config=config)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.27.0/trl/trainer/sft_trainer.py"],
    silent: "Where the model isn't certainly wrapped, and where the config may be None.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { call } of trlTrainersOf(script, ["SFT", "DPO", "GRPO"])) {
      const config = call.argument("peft_config");
      const model = call.value("model", 0);
      if (!config || !isGiven(config.value) || model.kind !== "instance" || !/^peft\.PeftModel/.test(model.object.className ?? "")) continue;
      const since027 = ctx.versionsAt(call.span.start).holds({ trl: ">=0.27" });
      const fix = { title: "Drop `peft_config`", edits: [removeArgument(script, config)] };
      ctx.report({
        message: since027 === "always" ? "raises" : since027 === "never" ? "silent" : "unsure",
        severity: since027 === "always" ? "error" : "warning",
        at: script.tree.span(config.entry),
        raises: "ValueError",
        fixes: [{ ...fix, safety: since027 === "always" ? "safe" : "unsafe" }],
      });
    }
  },
});
