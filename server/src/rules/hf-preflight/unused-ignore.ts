import { defineRule } from "../../analysis/rule.js";
import { libraries } from "../../environment/versions.js";

export default defineRule({
  id: "hf-preflight/unused-ignore",
  severity: "warning",
  status: "stable",
  since: "0.1.0",
  libraries: [...libraries],
  messages: {},
  docs: {
    summary: "A suppression comment that suppresses nothing.",
    why: `An ignore comment outlives the mistake that it excused. Left in place it hides the next one of its kind, in the same line, from everybody. So a
comment whose rule finds nothing there is reported, as is one that names a rule that doesn't exist, or no rule at all.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out")  # hf-preflight: ignore[transformers/strategy-mismatch]
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out")
`,
      },
    ],
    references: ["https://docs.astral.sh/ruff/rules/unused-noqa/"],
    silent: "For rules that are switched off: what they would have found is not known.",
  },
  // The suppressions are only known when all other rules have spoken: analysis/suppression.ts reports these.
  check: () => undefined,
});
