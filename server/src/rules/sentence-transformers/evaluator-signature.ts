import { addParameter } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import type { FunctionInfo } from "../../script/functions.js";
import { Field } from "../../syntax/kind.js";
import { ownEvaluators, trainingsWith } from "./ownEvaluators.js";

/** What every caller passes by keyword, in every version. */
const KEYWORDS = ["output_path", "epoch", "steps"] as const;

export default defineRule({
  id: "sentence-transformers/evaluator-signature",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["SentenceEvaluator"],
  messages: {
    missing: "During training an evaluator is called with output_path=, epoch= and steps=, and {class} doesn't take {names}: raises TypeError at the first evaluation. Add what is missing.",
  },
  docs: {
    summary: "An evaluator of one's own that cannot be called during training.",
    why: `\`fit()\` and the Trainer call an evaluator with the model and, by keyword, \`output_path\`, \`epoch\` and \`steps\`. A \`__call__\` without these parameters works when the script calls it itself, and
raises \`TypeError\` at the first evaluation of the training.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformer
from sentence_transformers.evaluation import SentenceEvaluator

class MyEvaluator(SentenceEvaluator):
    def __init__(self, texts):
        self.texts = texts

    def __call__(self, model):
        return score(model, self.texts)

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=MyEvaluator(texts), warmup_steps=100, output_path="out")
`,
        good: `from sentence_transformers import SentenceTransformer
from sentence_transformers.evaluation import SentenceEvaluator

class MyEvaluator(SentenceEvaluator):
    def __init__(self, texts):
        self.texts = texts

    def __call__(self, model, output_path=None, epoch=-1, steps=-1):
        return score(model, self.texts)

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=MyEvaluator(texts), warmup_steps=100, output_path="out")
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/fit_mixin.py"],
    silent: "For evaluators that no training in the script uses, and for those that derive from another evaluator.",
  },
  check({ script, report }) {
    for (const info of ownEvaluators(script)) {
      const call = info.methods.get("__call__");
      if (call === undefined || trainingsWith(script, info).length === 0) continue;
      const method = script.functionAt(call);
      const missing = missingIn(method);
      if (missing.length === 0) continue;
      const [names, last] = [missing.slice(0, -1).join(", "), missing.at(-1) ?? ""];
      const edit = addParameter(script, method.parameters, missing.map((name) => `${name}=${name === "output_path" ? "None" : "-1"}`).join(", "));
      const isPlain = method.parameters.every(({ kind }) => kind === "positional");
      report({
        message: "missing",
        data: { class: info.name, names: names === "" ? last : `${names} and ${last}` },
        at: script.tree.span(script.tree.child(call, Field.name)),
        raises: "TypeError",
        fixes: edit && isPlain ? [{ title: `Take ${missing.join(", ")}`, safety: "safe", edits: [edit] }] : [],
      });
    }
  },
});

function missingIn({ parameters }: FunctionInfo): string[] {
  if (parameters.some(({ kind }) => kind === "kwargs")) return [];
  return KEYWORDS.filter((name) => parameters.every((parameter) => parameter.name !== name));
}
