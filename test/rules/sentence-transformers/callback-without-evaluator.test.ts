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
    { name: "another library's", code: `import sentence_transformers\nkeras_model.fit(x, callback=f)\n` },
  ],
  invalid: [
    { name: "a callback", code: `${HEAD}model.fit([(a, b)], warmup_steps=1, ⟦callback=f⟧)\n`, findings: [{ severity: "warning", message: "never called" }] },
    { name: "steps", code: `${HEAD}model.fit([(a, b)], evaluator=None, ⟦evaluation_steps=500⟧)\n`, findings: [{ severity: "warning", message: "evaluation_steps=500" }] },
  ],
});
