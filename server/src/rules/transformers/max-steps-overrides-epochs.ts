import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { showNumber } from "../../script/literals.js";
import { numberOf } from "../../script/values.js";
import { argumentObjectsOf } from "./training.js";

export default defineRule({
  id: "transformers/max-steps-overrides-epochs",
  severity: "information",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["max_steps"],
  messages: {
    overridden: "max_steps={steps} decides how long this trains: num_train_epochs={epochs} has no effect. Drop the one that isn't meant.",
  },
  docs: {
    summary: "max_steps and num_train_epochs together: the epochs don't count.",
    why: `With \`max_steps\` above 0 the training ends after that many steps, or goes round the data as often as they take. \`num_train_epochs\` is then not read; the library says so in
an information log that is off by default.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", num_train_epochs=3, max_steps=1000)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", max_steps=1000)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py"],
    silent: "Where `max_steps` isn't written as a number above 0, or is set later.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { call, written } of argumentObjectsOf(script)) {
      const [steps, epochs] = [call.keywords.get("max_steps"), call.keywords.get("num_train_epochs")];
      const [limit, times] = [steps && numberOf(steps.value), epochs && numberOf(epochs.value)];
      if (!steps || !epochs || limit === undefined || times === undefined || limit <= 0 || numberOf(written("max_steps")) !== limit) continue;
      ctx.report({
        message: "overridden",
        data: { steps: limit, epochs: showNumber(times, epochs.value.kind === "literal" && epochs.value.type === "float" ? "float" : "int") },
        at: script.tree.span(epochs.entry),
        related: [{ message: "this decides", range: script.tree.span(steps.entry) }],
        fixes: [
          { title: "Drop `num_train_epochs`, which has no effect", safety: "unsafe", edits: [removeArgument(script, epochs)] },
          { title: "Drop `max_steps` (the epochs then decide)", safety: "unsafe", edits: [removeArgument(script, steps)] },
        ],
      });
    }
  },
});
