import { defineRule } from "../../analysis/rule.js";
import { importMessages, reportImports } from "../accepted/importReports.js";

export default defineRule({
  id: "trl/removed-import",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  messages: importMessages,
  docs: {
    summary: "A name that the installed trl no longer has, not yet, or never had.",
    why: `TRL's top level changes with every minor release: \`DataCollatorForCompletionOnlyLM\` left in 0.20, \`setup_chat_format\` in 0.26, the PPO classes and value heads in 0.29. The import raises
\`ImportError\`.`,
    examples: [
      {
        versions: { trl: "1.13.0" },
        bad: `from trl import AutoModelForCausalLMWithValueHead
`,
        good: `from trl import SFTTrainer
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/releases"],
    silent: "Inside `try`/`except ImportError`; in a branch on the library's version; behind `hasattr`; with the version unknown for names that the newest release has.",
  },
  check(ctx) {
    reportImports(ctx, "trl", { judges: true });
  },
});
