import { defineRule } from "../../analysis/rule.js";
import { importMessages, reportImports } from "../accepted/importReports.js";

export default defineRule({
  id: "peft/removed-import",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["peft"],
  messages: importMessages,
  docs: {
    summary: "A name that the installed peft no longer has, or not yet.",
    why: `\`prepare_model_for_int8_training\` was an alias from 0.4 on and left in 0.10; \`prepare_model_for_kbit_training\` does the same.`,
    examples: [
      {
        versions: { peft: "0.17.0" },
        bad: `from peft import prepare_model_for_int8_training

model = prepare_model_for_int8_training(model)
`,
        good: `from peft import prepare_model_for_kbit_training

model = prepare_model_for_kbit_training(model)
`,
      },
    ],
    references: ["https://github.com/huggingface/peft/blob/v0.10.0/src/peft/__init__.py"],
    silent: "Inside `try`/`except ImportError`; in a branch on the library's version; behind `hasattr`; with the version unknown for names that the newest release has.",
  },
  check(ctx) {
    reportImports(ctx, "peft", { judges: false });
  },
});
