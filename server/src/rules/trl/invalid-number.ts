import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { numberOf, stringOf } from "../../script/values.js";
import type { Span } from "../../syntax/text.js";
import { placeOfField } from "../transformers/trainers.js";
import { argumentOf, trlTrainersOf, type TrlTrainer } from "./trainerCalls.js";

export default defineRule({
  id: "trl/invalid-number",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["KTOTrainer", "DPOTrainer"],
  messages: {
    batch: "KTO compares the examples of a batch with each other: a batch size of {value} raises ValueError when KTOTrainer is built. Use 2 or more.",
    batchUnsure: "KTO compares the examples of a batch with each other: a batch size of {value} raises ValueError from trl 0.12 on. Use 2 or more.",
    beta: "With beta={value} DPO learns nothing, or the opposite: its loss is a function of beta times the margin. Use a beta above 0: 0.1 is the default.",
    prompt: "A prompt of max_prompt_length={prompt} fills max_length={value}: nothing of its completion is left for DPO to train on (trl before 0.29). Lower it.",
  },
  docs: {
    summary: "A number with which a TRL trainer can't learn.",
    why: `- \`per_device_train_batch_size=1\` for KTO: its KL term pairs each prompt with another row's completion. From trl 0.12 on the trainer raises \`ValueError\`, except for \`apo_zero_unpaired\`.
- \`beta=0\` for DPO makes the loss a constant, a negative one prefers the rejected answer. Nothing checks it.
- \`max_prompt_length\` as large as \`max_length\`, for DPO before 0.29: a long prompt leaves no room for the completion. From 0.14 on only with \`truncation_mode="keep_start"\`: what is cut off by default is the start.`,
    examples: [
      {
        versions: { trl: "0.19.1" },
        bad: `from trl import KTOConfig, KTOTrainer

args = KTOConfig("out", per_device_train_batch_size=1)
trainer = KTOTrainer(model=model, args=args, train_dataset=dataset, processing_class=tokenizer)
`,
        good: `from trl import KTOConfig, KTOTrainer

args = KTOConfig("out", per_device_train_batch_size=2)
trainer = KTOTrainer(model=model, args=args, train_dataset=dataset, processing_class=tokenizer)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.19.1/trl/trainer/kto_trainer.py", "https://github.com/huggingface/trl/blob/v0.19.1/trl/trainer/dpo_trainer.py"],
    silent: "For numbers from outside the script; for `max_prompt_length` where neither `keep_start` nor trl before 0.14 is certain.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trlTrainersOf(script, ["KTO", "DPO"])) {
      const number = (name: string): number | undefined => numberOf(argumentOf(script, trainer, name));
      const at = (name: string): Span => placeOf(script, trainer, name);
      if (trainer.method === "KTO") {
        const value = number("per_device_train_batch_size");
        const loss = argumentOf(script, trainer, "loss_type");
        if (value === undefined || value > 1 || !(loss.kind === "absent" || stringOf(loss) === "kto")) continue;
        ctx.report({ message: "batch", unsure: "batchUnsure", data: { value }, at: at("per_device_train_batch_size"), when: { trl: ">=0.12" }, raises: "ValueError" });
        continue;
      }
      const beta = number("beta");
      if (beta !== undefined && beta <= 0) ctx.report({ message: "beta", severity: "warning", data: { value: beta }, at: at("beta") });
      const [prompt, length] = [number("max_prompt_length"), number("max_length")];
      if (prompt === undefined || length === undefined || prompt < length) continue;
      const mode = argumentOf(script, trainer, "truncation_mode");
      const keepsStart = stringOf(mode) === "keep_start";
      // From 0.14 on "keep_end", the default, cuts the prompt.
      if (!keepsStart && !(mode.kind === "absent" && ctx.versionsAt(trainer.call.span.start).holds({ trl: "<0.14" }) === "always")) continue;
      ctx.report({ message: "prompt", severity: "warning", data: { prompt, value: length }, at: at("max_prompt_length"), when: { trl: "<0.29" } });
    }
  },
});

function placeOf(script: Script, { call, args }: TrlTrainer, name: string): Span {
  return (args && placeOfField(script, args, name, call.node)) ?? call.nameSpan;
}
