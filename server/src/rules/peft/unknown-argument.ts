import { defineRule } from "../../analysis/rule.js";
import { reportUnknown, unknownMessages } from "../accepted/argumentReports.js";

export default defineRule({
  id: "peft/unknown-argument",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["peft"],
  messages: unknownMessages,
  docs: {
    summary: "An argument that no version of peft's config or function takes, or not yet the installed one.",
    why: `The configs are dataclasses: \`LoraConfig(alpha=16)\` raises \`TypeError\`, and so does a field from a newer release (\`use_dora\` before 0.9, \`use_rslora\` before 0.7).`,
    examples: [
      {
        bad: `from peft import LoraConfig

config = LoraConfig(r=8, lora_dropuot=0.1)
`,
        good: `from peft import LoraConfig

config = LoraConfig(r=8, lora_dropout=0.1)
`,
      },
    ],
    references: ["https://github.com/huggingface/peft/blob/main/src/peft/tuners/lora/config.py"],
    silent: "With the version unknown for names that the newest release takes; where the script asks for the signature itself; for subclasses of the script's own; for a key that is only sometimes in a dict which another call takes too.",
  },
  check(ctx) {
    reportUnknown(ctx, "peft");
  },
});
