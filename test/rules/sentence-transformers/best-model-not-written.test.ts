import rule from "../../../server/src/rules/sentence-transformers/best-model-not-written.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from sentence_transformers import SentenceTransformer\nmodel = SentenceTransformer("x")\n`;

ruleTest(rule, {
  valid: [
    { name: "an output_path", code: `${HEAD}model.fit(data, evaluator=e, output_path="o")\n` },
    { name: "no evaluator", code: `${HEAD}model.fit(data)\n` },
    { name: "saved later", code: `${HEAD}model.fit(data, evaluator=e)\nmodel.save("o")\n` },
    { name: "used later", code: `${HEAD}model.fit(data, evaluator=e)\nmodel.encode(texts)\n` },
    { name: "handed on", code: `${HEAD}model.fit(data, evaluator=e)\ntest(model)\n` },
    { name: "checkpoints", code: `${HEAD}model.fit(data, evaluator=e, checkpoint_path="c")\n` },
    { name: "a path may come", code: `${HEAD}model.fit(data, evaluator=e, **options)\n` },
    { name: "returned", code: `from sentence_transformers import SentenceTransformer\ndef train():\n    model = SentenceTransformer("x")\n    model.fit(data, evaluator=e)\n    return model\ntrain().save("o")\n` },
  ],
  invalid: [
    { name: "nowhere", code: `${HEAD}model.fit(data, ⟦evaluator=e⟧)\n`, findings: one("warning", "written nowhere") },
    { name: "switched off", code: `${HEAD}model.fit(data, ⟦evaluator=e⟧, output_path="o", save_best_model=False)\n`, findings: one("warning", "not even the last one") },
  ],
});
