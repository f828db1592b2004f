import { defineRule } from "../../analysis/rule.js";
import { numberOf } from "../../script/values.js";
import { strategyOf } from "./schedule.js";
import { always } from "./trainers.js";
import { argumentObjectsOf } from "./training.js";

export default defineRule({
  id: "transformers/evaluation-beyond-max-steps",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["max_steps"],
  messages: {
    never: "Training ends after {total} steps, before the first evaluation at step {steps}: transformers 4 never evaluates, and from 5 on only once at the end. Set a smaller eval_steps.",
  },
  docs: {
    summary: "eval_steps beyond max_steps: the first evaluation never comes.",
    why: `With \`eval_strategy="steps"\` the first evaluation comes after \`eval_steps\` steps. If \`max_steps\` is smaller, transformers 4 never evaluates; 5 evaluates once, at the last step. It mostly
happens when a script is cut short for a trial, which then doesn't try out the evaluation.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="steps", eval_steps=500, max_steps=100)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="steps", eval_steps=50, max_steps=100)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/trainer_callback.py"],
    silent: "Where one of the numbers comes from outside or is set later.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { call, field, written } of argumentObjectsOf(script)) {
      const interval = call.keywords.get("eval_steps");
      const steps = interval && numberOf(interval.value);
      const total = numberOf(written("max_steps"));
      if (!interval || steps === undefined || steps < 1 || total === undefined || total <= 0 || steps <= total) continue;
      if (!always({ strategy: field("eval_strategy"), evalSteps: written("eval_steps") }, (way) => strategyOf(way.strategy) === "steps" && numberOf(way.evalSteps) === steps)) continue;
      ctx.report({ message: "never", data: { steps, total }, at: script.tree.span(interval.entry) });
    }
  },
});
