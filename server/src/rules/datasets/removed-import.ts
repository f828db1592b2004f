import { defineRule } from "../../analysis/rule.js";
import { importMessages, reportImports } from "../accepted/importReports.js";

export default defineRule({
  id: "datasets/removed-import",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["datasets"],
  messages: importMessages,
  docs: {
    summary: "A name that the installed datasets no longer has, or not yet.",
    why: `\`load_metric\` and its like left with datasets 3.0; metrics live in the evaluate library.`,
    examples: [
      {
        versions: { datasets: "3.2.0" },
        bad: `from datasets import load_metric

metric = load_metric("accuracy")
`,
        good: `import evaluate

metric = evaluate.load("accuracy")
`,
      },
    ],
    references: ["https://github.com/huggingface/datasets/pull/6983"],
    silent: "Inside `try`/`except ImportError`; in a branch on the library's version; behind `hasattr`; with the version unknown for names that the newest release has.",
  },
  check(ctx) {
    reportImports(ctx, "datasets", { judges: false });
  },
});
