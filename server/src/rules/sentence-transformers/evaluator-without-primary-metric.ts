import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { ClassInfo } from "../../script/functions.js";
import type { Script } from "../../script/script.js";
import { truthOf, type Value } from "../../script/values.js";
import { isGiven } from "../nothing.js";
import { ownEvaluators, trainingsWith } from "./ownEvaluators.js";

const SINCE = { "sentence-transformers": ">=3.0" };

export default defineRule({
  id: "sentence-transformers/evaluator-without-primary-metric",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["SentenceEvaluator"],
  versions: SINCE,
  messages: {
    none: "{class} leaves primary_metric at None, and fit() looks for the metric of that name: raises TypeError at the first evaluation. Set self.primary_metric.",
    unsure: "From sentence-transformers 3.0 on fit() looks for the metric that primary_metric names, and {class} leaves it at None: raises TypeError there. Set self.primary_metric.",
  },
  docs: {
    summary: "An evaluator of one's own that doesn't say which of its metrics counts.",
    why: `From 3.0 on \`SentenceEvaluator.__init__\` sets \`primary_metric\` to \`None\`, and \`fit()\` asks every metric of an evaluation whether its name ends in it:
\`TypeError: endswith first arg must be str or a tuple of str, not NoneType\`, at the first evaluation, where the best model is kept (\`output_path\`) or a callback waits for the score.

For an evaluator that returns a dict it is the key to look at. One that returns a number is fine with \`"evaluator"\`, which is also what counts where \`__init__\` doesn't call
\`super().__init__()\`.`,
    examples: [
      {
        versions: { "sentence-transformers": "5.1.0" },
        bad: `from sentence_transformers import SentenceTransformer
from sentence_transformers.evaluation import SentenceEvaluator

class MyEvaluator(SentenceEvaluator):
    def __init__(self, texts):
        super().__init__()
        self.texts = texts

    def __call__(self, model, output_path=None, epoch=-1, steps=-1):
        return {"v_measure": score(model, self.texts)}

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=MyEvaluator(texts), warmup_steps=100, output_path="out")
`,
        good: `from sentence_transformers import SentenceTransformer
from sentence_transformers.evaluation import SentenceEvaluator

class MyEvaluator(SentenceEvaluator):
    def __init__(self, texts):
        super().__init__()
        self.texts = texts
        self.primary_metric = "v_measure"

    def __call__(self, model, output_path=None, epoch=-1, steps=-1):
        return {"v_measure": score(model, self.texts)}

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=MyEvaluator(texts), warmup_steps=100, output_path="out")
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/fit_mixin.py"],
    silent: "For the Trainer and `old_fit`, which don't ask for it; where `__init__` doesn't call the base's; where the name occurs in the class.",
  },
  check({ script, report }) {
    for (const info of ownEvaluators(script)) {
      if (!leavesNone(script, info)) continue;
      for (const fit of trainingsWith(script, info)) {
        if (fit.method !== "fit" || !asksForIt(fit)) continue;
        const argument = fit.argument("evaluator", 1);
        report({ message: "none", unsure: "unsure", data: { class: info.name }, at: argument ? script.tree.span(argument.entry) : fit.nameSpan, when: SINCE, raises: "TypeError" });
      }
    }
  },
});

/** Whether the base's constructor runs, and nothing in the class sets the metric after it. */
function leavesNone(script: Script, info: ClassInfo): boolean {
  const { tree } = script;
  const classes = script.lineage(info);
  if (classes.some(({ node }) => /\bprimary_metric\b/.test(tree.textOf(node)))) return false;
  const constructor = classes.map(({ methods }) => methods.get("__init__")).find((each) => each !== undefined);
  return constructor === undefined || /\bsuper\([^)]*\)\.__init__\(|SentenceEvaluator\.__init__\(/.test(tree.textOf(constructor));
}

/** The best model is kept, or a callback gets the score. */
function asksForIt(fit: Call): boolean {
  const keepsBest = isPath(fit.value("output_path")) && truthOf(fit.value("save_best_model")) !== false;
  return keepsBest || isGiven(fit.value("callback"));
}

/** Text that is written, put together or joined: what the command line gives may be None. */
function isPath(value: Value): boolean {
  return isGiven(value) || value.kind === "operation" || (value.kind === "call" && /^(?:os\.path|builtins|pathlib)\./.test(value.call.name ?? ""));
}
