import rule from "../../../server/src/rules/transformers/single-label-is-regression.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, { body = "predictions = np.argmax(p.predictions, axis=1)", model = "AutoModelForSequenceClassification", given = ", compute_metrics=compute_metrics" } = {}): string =>
  `import numpy as np\nfrom transformers import ${model}, Trainer\nmodel = ${model}.from_pretrained("b"${args})\ndef compute_metrics(p):\n    ${body}\n    return {"accuracy": 1.0}\ntrainer = Trainer(model=model${given})\n`;
const one = [{ message: "argmax over its one output is always 0", severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "two", code: script(", num_labels=2") },
    { name: "the default", code: script("") },
    { name: "from outside", code: script(", num_labels=cli.n") },
    { name: "regression", code: script(", num_labels=1", { body: "error = ((p.predictions[:, 0] - p.label_ids) ** 2).mean()" }) },
    { name: "both kinds", code: script(", num_labels=1", { body: "predictions = np.squeeze(p.predictions) if is_regression else np.argmax(p.predictions, axis=1)" }) },
    { name: "a kind of problem", code: script(', num_labels=1, problem_type="regression"') },
    { name: "no metrics", code: script(", num_labels=1", { given: "" }) },
    { name: "pairs of rewards, by a Trainer of the script", code: script(", num_labels=1").replace("trainer = Trainer", "class T(Trainer):\n    def compute_loss(self, m, i, **k): ...\ntrainer = T") },
    { name: "the best of the rows", code: script(", num_labels=1", { body: "best = np.argmax(p.predictions, axis=0)" }) },
    { name: "argmax in a comment", code: script(", num_labels=1", { body: "predictions = [int(p > 0.5) for p in p.predictions]\n    # predictions = predictions.argmax(axis=-1)" }) },
    { name: "tokens", code: script(", num_labels=1", { model: "AutoModelForTokenClassification" }) },
  ],
  invalid: [
    { name: "classes", code: script(", ⟦num_labels=1⟧"), findings: one },
    { name: "by a method", code: script(", ⟦num_labels=1⟧", { body: "predictions = p.predictions.argmax(-1)" }), findings: one },
    { name: "another model", code: script(", ⟦num_labels=1⟧", { model: "BertForSequenceClassification" }), findings: one },
  ],
});
