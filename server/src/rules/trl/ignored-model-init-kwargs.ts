import { defineRule } from "../../analysis/rule.js";
import { argumentOf, trlTrainersOf } from "./trainerCalls.js";

export default defineRule({
  id: "trl/ignored-model-init-kwargs",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["model_init_kwargs"],
  messages: {
    ignored: "model_init_kwargs is for a model that is given by name: beside a loaded model it is ignored. Pass them to from_pretrained.",
    raises: "model_init_kwargs is for a model that is given by name: beside a loaded model SFTTrainer raises ValueError. Pass them to from_pretrained.",
    unsure: "model_init_kwargs is for a model that is given by name: beside a loaded model it is ignored, or before trl 0.15 raises ValueError. Pass them to from_pretrained.",
  },
  docs: {
    summary: "Options for loading a model that is loaded already.",
    why: `\`SFTConfig(model_init_kwargs=...)\` is what the trainer loads the model with when it gets its name. With a model object trl 0.7.3 to 0.14 raises \`ValueError\`; from 0.15 on the options are
ignored: the dtype, the attention or the quantisation that was asked for isn't there.`,
    examples: [
      {
        versions: { trl: "1.13.0" },
        bad: `import torch
from transformers import AutoModelForCausalLM
from trl import SFTConfig, SFTTrainer

model = AutoModelForCausalLM.from_pretrained("gpt2")
args = SFTConfig("out", model_init_kwargs={"attn_implementation": "sdpa"})
trainer = SFTTrainer(model, args=args, train_dataset=dataset)
`,
        good: `import torch
from transformers import AutoModelForCausalLM
from trl import SFTConfig, SFTTrainer

model = AutoModelForCausalLM.from_pretrained("gpt2", attn_implementation="sdpa")
args = SFTConfig("out")
trainer = SFTTrainer(model, args=args, train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.19.1/trl/trainer/sft_trainer.py", "https://github.com/huggingface/trl/blob/v0.14.0/trl/trainer/sft_trainer.py"],
    silent: "Where the model may be a name, and where the options may be None.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trlTrainersOf(script, ["SFT"])) {
      const model = trainer.call.value("model", 0);
      const argument = trainer.args?.call?.keywords.get("model_init_kwargs");
      if (!argument || argumentOf(script, trainer, "model_init_kwargs").kind !== "record" || model.kind !== "instance" || !/^(?:transformers|peft)\./.test(model.object.className ?? "")) continue;
      const raises = ctx.versionsAt(trainer.call.span.start).holds({ trl: ">=0.7.3,<0.15" });
      ctx.report({
        message: raises === "always" ? "raises" : raises === "never" ? "ignored" : "unsure",
        severity: raises === "always" ? "error" : "warning",
        at: script.tree.span(argument.entry),
        ...(raises === "always" ? { raises: "ValueError" } : {}),
      });
    }
  },
});
