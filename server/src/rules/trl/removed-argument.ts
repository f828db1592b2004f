import { defineRule } from "../../analysis/rule.js";
import { removedMessages, reportRemoved } from "../accepted/argumentReports.js";

export default defineRule({
  id: "trl/removed-argument",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  messages: removedMessages,
  docs: {
    summary: "An argument of a trainer or config that the installed trl no longer takes.",
    why: `TRL renames and removes arguments from one minor release to the next: \`tokenizer=\` became \`processing_class=\` in 0.12, \`SFTConfig(max_seq_length=)\` became \`max_length\` in 0.16 and
raises \`TypeError\` from 0.20 on, \`max_prompt_length\` left \`GRPOConfig\` in 0.28 and \`DPOConfig\` in 0.29.`,
    examples: [
      {
        versions: { trl: "1.9.0", transformers: "5.18.0" },
        bad: `from trl import SFTConfig

args = SFTConfig(output_dir="out", max_seq_length=512)
`,
        good: `from trl import SFTConfig

args = SFTConfig(output_dir="out", max_length=512)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.16.0/trl/trainer/sft_config.py", "https://github.com/huggingface/trl/blob/v0.20.0/trl/trainer/sft_config.py"],
    silent: "Where `trl/moved-to-config` speaks; in a branch on the library's version; where the script asks for the signature itself; for subclasses of the script's own; where it imports unsloth, whose trainers and configs take the old arguments.",
  },
  check(ctx) {
    reportRemoved(ctx, "trl");
  },
});
