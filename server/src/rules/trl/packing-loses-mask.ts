import { replaceValue } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { isTrue } from "../accelerate/quantization.js";
import { placeOfField } from "../transformers/trainers.js";
import { argumentOf, trlTrainersOf } from "./trainerCalls.js";

export default defineRule({
  id: "trl/packing-loses-mask",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["packing"],
  messages: {
    lost: "In trl 0.17 to 0.19 packing drops the mask: {option} has no effect, and the prompts are trained on too. Set packing=False, or upgrade trl.",
  },
  docs: {
    summary: "Packing in the releases of trl that forget which tokens are the answer.",
    why: `From 0.17 to 0.19.1 \`SFTTrainer\` keeps only \`input_ids\` when it packs, and its collator masks the prompt only where a \`completion_mask\` is left. So \`completion_only_loss=True\` and
\`assistant_only_loss=True\` do nothing under \`packing=True\`: the loss is on everything, without a word. Repaired in 0.20.`,
    examples: [
      {
        versions: { trl: "0.18.2" },
        bad: `from trl import SFTConfig, SFTTrainer

args = SFTConfig("out", packing=True, completion_only_loss=True)
trainer = SFTTrainer("gpt2", args=args, train_dataset=dataset)
`,
        good: `from trl import SFTConfig, SFTTrainer

args = SFTConfig("out", completion_only_loss=True)
trainer = SFTTrainer("gpt2", args=args, train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.19.1/trl/trainer/sft_trainer.py", "https://github.com/huggingface/trl/blob/v0.20.0/trl/trainer/sft_trainer.py"],
    silent: "Where the version of trl isn't known.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trlTrainersOf(script, ["SFT"])) {
      const { args, call } = trainer;
      const option = ["completion_only_loss", "assistant_only_loss"].find((name) => isTrue(argumentOf(script, trainer, name)));
      if (!args || option === undefined || !isTrue(argumentOf(script, trainer, "packing"))) continue;
      if (ctx.versionsAt(call.span.start).holds({ trl: ">=0.17,<0.20" }) !== "always") continue;
      const packing = args.call?.keywords.get("packing");
      ctx.report({
        message: "lost",
        data: { option: `${option}=True` },
        at: placeOfField(script, args, "packing", call.node) ?? call.nameSpan,
        fixes: packing ? [{ title: "Set `packing=False`", safety: "unsafe", edits: [replaceValue(script, packing, "False")] }] : [],
      });
    }
  },
});
