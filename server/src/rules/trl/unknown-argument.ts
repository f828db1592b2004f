import { defineRule } from "../../analysis/rule.js";
import { reportUnknown, unknownMessages } from "../accepted/argumentReports.js";

export default defineRule({
  id: "trl/unknown-argument",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  messages: unknownMessages,
  docs: {
    summary: "An argument that no version of trl's trainer or config takes, or not yet the installed one.",
    why: `A misspelled name raises \`TypeError\` when the trainer or the config is built, and so does one from a newer release: \`SFTConfig(max_length=)\` before 0.16, \`processing_class=\`
before 0.12. Fields that a config inherits from \`TrainingArguments\` count by the version of transformers.`,
    examples: [
      {
        versions: { trl: "0.15.2", transformers: "4.57.6" },
        bad: `from trl import SFTConfig

args = SFTConfig(output_dir="out", max_length=512)
`,
        good: `from trl import SFTConfig

args = SFTConfig(output_dir="out", max_seq_length=512)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.16.0/trl/trainer/sft_config.py"],
    silent: "With the version unknown for names that the newest release takes; where the script asks for the signature itself; for subclasses of the script's own; for a key that is only sometimes in a dict which another call takes too; where it imports unsloth, whose trainers and configs are its own.",
  },
  check(ctx) {
    reportUnknown(ctx, "trl");
  },
});
