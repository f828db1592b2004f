import { defineRule } from "../../analysis/rule.js";
import { numberOf } from "../../script/values.js";
import { fitsOf } from "./fitCalls.js";
import { isNothing } from "./trainerCalls.js";

export default defineRule({
  id: "sentence-transformers/callback-without-evaluator",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["callback", "evaluation_steps"],
  messages: {
    callback: "fit() calls its callback after an evaluation, and there is no evaluator: the callback is never called. Pass evaluator.",
    steps: "evaluation_steps={steps} without an evaluator: nothing is ever evaluated. Pass evaluator.",
  },
  docs: {
    summary: "A callback or evaluation_steps in a fit() that never evaluates.",
    why: `\`evaluation_steps\` says when the \`evaluator\` runs, and \`callback\` is called with its score. Without an evaluator neither does anything, and nothing says so.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformer

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], warmup_steps=100, output_path="out", evaluation_steps=500)
`,
        good: `from sentence_transformers import SentenceTransformer

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=evaluator, warmup_steps=100, output_path="out", evaluation_steps=500)
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v2.7.0/sentence_transformers/SentenceTransformer.py"],
    silent: "Where the evaluator may come from outside.",
  },
  check({ script, report }) {
    for (const fit of fitsOf(script)) {
      if (!isNothing(fit.value("evaluator", 1))) continue;
      const callback = fit.keywords.get("callback");
      const steps = fit.keywords.get("evaluation_steps");
      const every = steps && numberOf(steps.value);
      if (callback && !isNothing(callback.value)) report({ message: "callback", at: script.tree.span(callback.entry) });
      if (steps && every !== undefined && every > 0) report({ message: "steps", data: { steps: every }, at: script.tree.span(steps.entry) });
    }
  },
});
