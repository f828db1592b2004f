import rule from "../../../server/src/rules/sentence-transformers/callback-without-evaluator.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from sentence_transformers import SentenceTransformer\nmodel = SentenceTransformer("x")\n`;

ruleTest(rule, {
  valid: [
    { name: "an evaluator", code: `${HEAD}model.fit([(a, b)], evaluator=ev, warmup_steps=1, callback=f, evaluation_steps=10)\n` },
    { name: "by position", code: `${HEAD}model.fit([(a, b)], ev, callback=f)\n` },
    { name: "from outside", code: `${HEAD}model.fit([(a, b)], callback=f, **more)\n` },
    { name: "never", code: `${HEAD}model.fit([(a, b)], evaluation_steps=0)\n` },
    { name: "no callback after all", code: `${HEAD}model.fit([(a, b)], callback=None)\n` },
    { name: "an evaluator, in 3.2", code: `${HEAD}model.fit([(a, b)], evaluator=ev, evaluation_steps=10)\n`, versions: { "sentence-transformers": "3.2.1" } },
    { name: "expected to raise, in 3.2", code: `${HEAD}import pytest\nwith pytest.raises(ValueError):\n    model.fit([(a, b)], evaluation_steps=10)\n`, versions: { "sentence-transformers": "3.2.1" } },
    { name: "another library's", code: `import sentence_transformers\nkeras_model.fit(x, callback=f)\n` },
  ],
  invalid: [
    { name: "a callback", code: `${HEAD}model.fit([(a, b)], warmup_steps=1, ⟦callback=f⟧)\n`, findings: [{ severity: "warning", message: "never called" }] },
    {
      name: "steps, in a version unknown",
      code: `${HEAD}model.fit([(a, b)], evaluator=None, ⟦evaluation_steps=500⟧)\n`,
      findings: [{ severity: "warning", message: "from sentence-transformers 3.0 on fit() raises ValueError" }],
    },
    {
      name: "steps, with the loop of 2.7",
      code: `${HEAD}model.fit([(a, b)], ⟦evaluation_steps=500⟧)\n`,
      versions: { "sentence-transformers": "2.7.0" },
      findings: [{ severity: "warning", message: "evaluation_steps=500 without an evaluator: nothing is ever evaluated" }],
    },
    {
      name: "steps, with the trainer of 3.2",
      code: `${HEAD}model.fit([(a, b)], ⟦evaluation_steps=500⟧)\n`,
      versions: { "sentence-transformers": "3.2.1" },
      findings: [{ severity: "warning", message: "raises ValueError at the first evaluation, if the training gets there" }],
    },
    {
      name: "steps, with the trainer of 3.4",
      code: `${HEAD}model.fit([(a, b)], ⟦evaluation_steps=500⟧)\n`,
      versions: { "sentence-transformers": "3.4.1" },
      findings: [{ severity: "error", message: "raises ValueError before the training" }],
    },
    {
      name: "steps, with old_fit",
      code: `${HEAD}model.old_fit([(a, b)], ⟦evaluation_steps=500⟧)\n`,
      versions: { "sentence-transformers": "5.1.0" },
      findings: [{ severity: "warning", message: "nothing is ever evaluated" }],
    },
    {
      name: "a cross-encoder's steps, before it had a trainer",
      code: `from sentence_transformers import CrossEncoder\nmodel = CrossEncoder("x")\nmodel.fit(a, ⟦evaluation_steps=500⟧)\n`,
      versions: { "sentence-transformers": "3.4.1" },
      findings: [{ severity: "warning", message: "nothing is ever evaluated" }],
    },
  ],
});
