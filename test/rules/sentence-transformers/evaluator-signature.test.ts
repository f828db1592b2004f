import rule from "../../../server/src/rules/sentence-transformers/evaluator-signature.js";
import { ruleTest } from "../../support/ruleTest.js";

const own = (parameters: string, { base = "SentenceEvaluator", after = 'model.fit([(a, b)], evaluator=E(), warmup_steps=1, output_path="o")\n' } = {}): string =>
  `from sentence_transformers import SentenceTransformer\nfrom sentence_transformers.evaluation import SentenceEvaluator\nclass E(${base}):\n    def __init__(self): ...\n    def __call__(${parameters}): ...\nmodel = SentenceTransformer("x")\n${after}`;
const marked = (code: string): string => code.replace("def __call__", "def ⟦__call__⟧");

ruleTest(rule, {
  valid: [
    { name: "as the base class", code: own("self, model, output_path=None, epoch=-1, steps=-1") },
    { name: "any keywords", code: own("self, model, **kwargs") },
    { name: "by name only", code: own("self, model, *, output_path=None, epoch=-1, steps=-1") },
    { name: "called by the script only", code: own("self, model", { after: "E()(model)\n" }) },
    { name: "not an evaluator of the library", code: own("self, model", { base: "object" }) },
    { name: "another base, which may call it", code: own("self, model", { base: "SentenceEvaluator, Mixin" }) },
    { name: "another evaluator is used", code: own("self, model", { after: 'model.fit([(a, b)], evaluator=other, warmup_steps=1, output_path="o")\n' }) },
  ],
  invalid: [
    { name: "the model only", code: marked(own("self, model")), findings: [{ severity: "error", message: "output_path, epoch and steps" }], fixed: own("self, model, output_path=None, epoch=-1, steps=-1") },
    { name: "a misspelled one", code: marked(own("self, model, output_path=None, epoch=-1, step=-1")), findings: [{ severity: "error", message: "doesn't take steps" }], fixed: own("self, model, output_path=None, epoch=-1, step=-1, steps=-1") },
    {
      name: "in a trainer's list",
      code: marked(own("self, model", { after: "from sentence_transformers import SentenceTransformerTrainer\nSentenceTransformerTrainer(model=model, evaluator=[E(), other])\n" })),
      findings: [{ severity: "error", message: "E doesn't take" }],
      fixed: own("self, model, output_path=None, epoch=-1, steps=-1", { after: "from sentence_transformers import SentenceTransformerTrainer\nSentenceTransformerTrainer(model=model, evaluator=[E(), other])\n" }),
    },
  ],
});
