import { defineRule } from "../../analysis/rule.js";
import { truthOf } from "../../script/values.js";
import { isNone, optionOf, trlTrainersOf } from "./trainerCalls.js";

export default defineRule({
  id: "trl/short-rows-dropped",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["trl"],
  mentions: ["SFTTrainer"],
  versions: { trl: ">=0.4.2,<0.4.7" },
  messages: {
    dropped: "Without packing SFTTrainer keeps only rows that fill max_seq_length, and silently drops the others (in trl 0.4.2 to 0.4.6). Upgrade trl, or set packing=True.",
  },
  docs: {
    summary: "An SFTTrainer of trl 0.4.2 to 0.4.6 without packing, which trains on rows of full length only.",
    why: `The first \`SFTTrainer\` tokenised each text up to \`max_seq_length\` and kept the rows that came out exactly that long. What is shorter isn't trained on. A warning is shown only where no
row of a batch is left.`,
    examples: [
      {
        versions: { trl: "0.4.4" },
        bad: `from trl import SFTTrainer

trainer = SFTTrainer(model, train_dataset=dataset, dataset_text_field="text", max_seq_length=512)
`,
        good: `from trl import SFTTrainer

trainer = SFTTrainer(model, train_dataset=dataset, dataset_text_field="text", max_seq_length=512, packing=True)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.4.4/trl/trainer/sft_trainer.py"],
    silent: "Where the version isn't known to be one of these; with packing, or where packing comes from outside the script; for datasets of one's own classes.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trlTrainersOf(script, ["SFT"])) {
      const { call } = trainer;
      if (ctx.versionsAt(call.span.start).holds({ trl: ">=0.4.2,<0.4.7" }) !== "always" || call.isOpen) continue;
      const packing = optionOf(script, trainer, "packing");
      const isOff = packing.kind === "absent" || (packing.kind === "literal" && truthOf(packing) === false);
      // What has no source of texts is refused, what is no dataset of the library is left as it is.
      const hasSource = ["dataset_text_field", "formatting_func"].some((name) => call.keywords.has(name) && !isNone(call.value(name)));
      const rows = call.value("train_dataset", 3);
      if (!isOff || !hasSource || rows.kind === "absent" || rows.kind === "instance") continue;
      ctx.report({ message: "dropped", at: call.nameSpan });
    }
  },
});
