import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import { numberOf } from "../../script/values.js";
import { fitsOf } from "./fitCalls.js";
import { isNothing } from "./trainerCalls.js";

/** Here fit() builds a trainer already, which raises when it comes to the first evaluation. */
const MET = { "sentence-transformers": ">=3.0,<3.4" };
/** From here on the trainer refuses to evaluate on nothing. */
const REFUSED = { "sentence-transformers": ">=3.4" };
const REFUSED_BY_CROSS_ENCODER = { "sentence-transformers": ">=4.0" };

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
    met: "evaluation_steps={steps} without an evaluator: fit() raises ValueError at the first evaluation, if the training gets there. Pass evaluator, or drop evaluation_steps.",
    refused: "evaluation_steps={steps} without an evaluator leaves fit() nothing to evaluate: raises ValueError before the training. Pass evaluator, or drop evaluation_steps.",
    unsure: "evaluation_steps={steps} without an evaluator: nothing is evaluated, and from sentence-transformers {since} on fit() raises ValueError. Pass evaluator.",
  },
  docs: {
    summary: "A callback or evaluation_steps in a fit() that never evaluates.",
    why: `\`evaluation_steps\` says when the \`evaluator\` runs, and \`callback\` is called with its score. Without an evaluator the callback is never called, and
nothing says so. With \`evaluation_steps\` alone nothing is evaluated either, and from 3.4 on (from 4.0 on for a \`CrossEncoder\`) \`fit()\` builds a trainer that raises
\`ValueError: You have set args.eval_strategy to IntervalStrategy.STEPS, but you didn't provide an eval_dataset or an evaluator\`. In 3.0 to 3.3 the trainer raises
\`ValueError: Trainer: evaluation requires an eval_dataset\` after as many steps (with transformers 4.46 at once).`,
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
    references: [
      "https://github.com/UKPLab/sentence-transformers/blob/v2.7.0/sentence_transformers/SentenceTransformer.py",
      "https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/fit_mixin.py",
    ],
    silent: "Where the evaluator may come from outside.",
  },
  check({ script, report, versionsAt }) {
    for (const fit of fitsOf(script)) {
      if (!isNothing(fit.value("evaluator", 1))) continue;
      const callback = fit.keywords.get("callback");
      const steps = fit.keywords.get("evaluation_steps");
      const every = steps && numberOf(steps.value);
      if (callback && !isNothing(callback.value)) report({ message: "callback", at: script.tree.span(callback.entry) });
      if (!steps || every === undefined || every <= 0) continue;
      const at = script.tree.span(steps.entry);
      const when = refusedBy(fit);
      const versions = versionsAt(fit.span.start);
      if (when === REFUSED && versions.holds(MET) === "always") report({ message: "met", data: { steps: every }, at, raises: "ValueError" });
      else if (!when || versions.holds(when) === "never") report({ message: "steps", data: { steps: every }, at });
      else report({ message: "refused", severity: "error", data: { steps: every, since: when === REFUSED ? "3.0" : "4.0" }, at, when, unsure: "unsure", raises: "ValueError" });
    }
  },
});

/** The versions in which evaluation_steps alone raises; undefined for the loop of old times, which has no trainer. */
function refusedBy(fit: Call): Readonly<Record<string, string>> | undefined {
  if (fit.method === "old_fit" || fit.receiver?.kind !== "instance") return undefined;
  return /CrossEncoder$/.test(fit.receiver.object.className ?? "") ? REFUSED_BY_CROSS_ENCODER : REFUSED;
}
