import rule from "../../../server/src/rules/sentence-transformers/evaluator-without-primary-metric.js";
import { ruleTest } from "../../support/ruleTest.js";

const own = (init: string, fit = 'evaluator=E(), output_path="o"', method = "fit"): string =>
  `from sentence_transformers import SentenceTransformer\nfrom sentence_transformers.evaluation import SentenceEvaluator\nclass E(SentenceEvaluator):\n${init}    def __call__(self, model, output_path=None, epoch=-1, steps=-1):\n        return 0.5\nmodel = SentenceTransformer("x")\nmodel.${method}([(a, b)], warmup_steps=1, ${fit})\n`;
const SUPER = "    def __init__(self):\n        super().__init__()\n";
const NEW = { versions: { "sentence-transformers": "5.1.0" } };

ruleTest(rule, {
  valid: [
    { name: "set", ...NEW, code: own(`${SUPER}        self.primary_metric = "x"\n`) },
    { name: "of the class", ...NEW, code: own(`    primary_metric = "x"\n${SUPER}`) },
    { name: "the base's constructor doesn't run", ...NEW, code: own("    def __init__(self):\n        self.x = 1\n") },
    { name: "the old library", versions: { "sentence-transformers": "2.7.0" }, code: own(SUPER) },
    { name: "nothing is kept and nobody is called", ...NEW, code: own(SUPER, "evaluator=E()") },
    { name: "the best isn't kept", ...NEW, code: own(SUPER, 'evaluator=E(), output_path="o", save_best_model=False') },
    { name: "the old loop", ...NEW, code: own(SUPER, undefined, "old_fit") },
    { name: "the path from outside", ...NEW, code: own(SUPER, "evaluator=E(), **more") },
    { name: "a path of the command line's, or None", ...NEW, code: own(SUPER, "evaluator=E(), output_path=cli.output") },
    { name: "a callback of a parameter, or None", ...NEW, code: own(SUPER, "evaluator=E(), callback=pick()") },
  ],
  invalid: [
    { name: "super().__init__()", ...NEW, code: own(SUPER, '⟦evaluator=E()⟧, output_path="o"'), findings: [{ severity: "error", message: "leaves primary_metric at None" }] },
    { name: "no constructor of its own", ...NEW, code: own("", '⟦evaluator=E()⟧, output_path="o"'), findings: [{ severity: "error", message: "TypeError" }] },
    { name: "a callback, the version unknown", code: own(SUPER, "⟦evaluator=E()⟧, callback=lambda a, b, c: None"), findings: [{ severity: "warning", message: "From sentence-transformers 3.0" }] },
    { name: "a path that is joined", ...NEW, code: `import os\n${own(SUPER, '⟦evaluator=E()⟧, output_path=os.path.join(cli.output, "best")')}`, findings: [{ severity: "error", message: "leaves primary_metric at None" }] },
  ],
});
