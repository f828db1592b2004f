import rule from "../../../server/src/rules/sentence-transformers/default-warmup.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from sentence_transformers import SentenceTransformer\nmodel = SentenceTransformer("x")\n`;

ruleTest(rule, {
  valid: [
    { name: "given", code: `${HEAD}model.fit([(loader, loss)], epochs=1, warmup_steps=100)\n` },
    { name: "given by position", code: `${HEAD}model.fit([(loader, loss)], None, 1, None, "WarmupLinear", 100)\n` },
    { name: "no warm-up in this schedule", code: `${HEAD}model.fit([(loader, loss)], scheduler="constantlr")\n` },
    { name: "the schedule from outside", code: `${HEAD}model.fit([(loader, loss)], scheduler=scheduler)\n` },
    { name: "a long training", code: `${HEAD}model.fit([(loader, loss)], steps_per_epoch=50000)\n` },
    { name: "a length from outside", code: `${HEAD}model.fit([(loader, loss)], steps_per_epoch=steps)\n` },
    { name: "arguments from outside", code: `${HEAD}model.fit([(loader, loss)], **settings)\n` },
    { name: "another library's fit", code: `import sentence_transformers\nfrom sklearn.svm import SVC\nSVC().fit(x, y)\n` },
  ],
  invalid: [
    {
      name: "the default",
      code: `${HEAD}model.⟦fit⟧([(loader, loss)], epochs=num_epochs)\n`,
      findings: [{ severity: "warning", message: "10000 steps" }],
      unsafe: `${HEAD}model.fit([(loader, loss)], epochs=num_epochs, warmup_steps=int(len(loader) * num_epochs * 0.1))\n`,
    },
    { name: "by keyword, one epoch", code: `${HEAD}model.⟦fit⟧(train_objectives=[(loader, loss)])\n`, findings: [{ severity: "warning", message: "10000" }], unsafe: `${HEAD}model.fit(train_objectives=[(loader, loss)], warmup_steps=int(len(loader) * 0.1))\n` },
    { name: "a short training", code: `${HEAD}model.⟦fit⟧([(a, b), (c, d)], steps_per_epoch=500, epochs=2)\n`, findings: [{ severity: "warning", message: "10000" }] },
    { name: "a cross-encoder", code: `from sentence_transformers import CrossEncoder\nmodel = CrossEncoder("x")\nmodel.⟦fit⟧(train_dataloader=loader, scheduler="warmupcosine")\n`, findings: [{ severity: "warning", message: "10000" }], unsafe: `from sentence_transformers import CrossEncoder\nmodel = CrossEncoder("x")\nmodel.fit(train_dataloader=loader, scheduler="warmupcosine", warmup_steps=int(len(loader) * 0.1))\n` },
  ],
});
