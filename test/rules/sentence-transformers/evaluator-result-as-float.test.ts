import rule from "../../../server/src/rules/sentence-transformers/evaluator-result-as-float.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from sentence_transformers import SentenceTransformer\nfrom sentence_transformers.evaluation import TripletEvaluator\nmodel = SentenceTransformer("x")\nev = TripletEvaluator(a, p, n)\n`;
const NEW = { versions: { "sentence-transformers": "5.1.0" } };

ruleTest(rule, {
  valid: [
    { name: "its metric", ...NEW, code: `${HEAD}score = ev(model)[ev.primary_metric]\nprint(f"{score:.3f}")\n` },
    { name: "printed", ...NEW, code: `${HEAD}score = ev(model)\nprint(f"{score}")\nprint(score)\n` },
    { name: "compared with a dict", ...NEW, code: `${HEAD}score = ev(model)\nassert score == other\nif "x" in score: ...\n` },
    { name: "the old library", versions: { "sentence-transformers": "2.7.0" }, code: `${HEAD}if ev(model) > best: ...\n` },
    { name: "an evaluator of the script's own", ...NEW, code: `${HEAD}class E:\n    def __call__(self, model): return 0.5\ne = E()\nif e(model) > best: ...\n` },
    { name: "a cross-encoder's", ...NEW, code: `from sentence_transformers.cross_encoder.evaluation import CEF1Evaluator\ne = CEF1Evaluator(a, b)\nif e(model) > best: ...\n` },
    { name: "another model's evaluate", ...NEW, code: `${HEAD}if net.evaluate(ev) > best: ...\n` },
    { name: "written over", ...NEW, code: `${HEAD}score = ev(model)\nscore = score["x"]\nprint(round(score, 3))\n` },
    { name: "multiplied with something of one's own", ...NEW, code: `${HEAD}scores = [ev(model)] * 2\n` },
  ],
  invalid: [
    { name: "formatted", ...NEW, code: `${HEAD}score = ev(model)\nprint(f"{⟦score⟧:.3f}")\n`, findings: [{ severity: "error", message: "score[ev.primary_metric]" }], unsafe: `${HEAD}score = ev(model)\nprint(f"{score[ev.primary_metric]:.3f}")\n` },
    { name: "compared", ...NEW, code: `${HEAD}if ⟦ev(model)⟧ > best: ...\n`, findings: [{ severity: "error", message: "returns a dict" }] },
    { name: "rounded, through the model", ...NEW, code: `${HEAD}result = model.evaluate(ev)\nprint(round(⟦result⟧, 3))\n`, findings: [{ severity: "error", message: "result[ev.primary_metric]" }] },
    { name: "made of examples", ...NEW, code: `${HEAD}ev = TripletEvaluator.from_input_examples(examples)\nif ⟦model.evaluate(ev)⟧ < best: ...\n`, findings: [{ severity: "error", message: "ev.primary_metric" }] },
    { name: "computed with", ...NEW, code: `${HEAD}print(100 * ⟦ev(model)⟧)\n`, findings: [{ severity: "error", message: "TypeError" }] },
    { name: "the version unknown", code: `${HEAD}score = ev(model)\nprint(f"{⟦score⟧:.3f}")\n`, findings: [{ severity: "warning", message: "From sentence-transformers 3.0" }] },
  ],
});
