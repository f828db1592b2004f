import rule from "../../../server/src/rules/sentence-transformers/dropped-wandb-step.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const FIT = `from sentence_transformers import SentenceTransformer\nimport wandb\nmodel = SentenceTransformer("x")\n`;
const OLD = { "sentence-transformers": "2.7.0" };

ruleTest(rule, {
  valid: [
    { name: "no step", code: `${FIT}def log(score, epoch, steps):\n    wandb.log({"score": score})\nmodel.fit(data, callback=log)\n`, versions: OLD },
    { name: "a step of one's own", code: `${FIT}def log(score, epoch, steps):\n    wandb.log({"score": score}, step=epoch * 100 + steps)\nmodel.fit(data, callback=log)\n`, versions: OLD },
    { name: "from 3.0", code: `${FIT}def log(score, epoch, steps):\n    wandb.log({"score": score}, step=steps)\nmodel.fit(data, callback=log)\n`, versions: { "sentence-transformers": "3.4.1" } },
    { name: "not a callback", code: `${FIT}def log(score, epoch, steps):\n    wandb.log({"score": score}, step=steps)\nmodel.fit(data)\n`, versions: OLD },
    { name: "another fit", code: `${FIT}def log(score, epoch, steps):\n    wandb.log({"score": score}, step=steps)\nclassifier.fit(data, callback=log)\n`, versions: OLD },
  ],
  invalid: [
    { name: "up to 2.7", code: `${FIT}def log(score, epoch, steps):\n    wandb.log({"score": score}, ⟦step=steps⟧)\nmodel.fit(data, callback=log)\n`, versions: OLD, findings: one("warning", "starts again in each epoch"), fixed: `${FIT}def log(score, epoch, steps):\n    wandb.log({"score": score})\nmodel.fit(data, callback=log)\n` },
    { name: "version unknown, as a lambda", code: `${FIT}model.fit(data, callback=lambda s, e, n: wandb.log({"score": s}, ⟦step=n⟧))\n`, findings: one("information", "Log without step, which works in every version"), fixed: `${FIT}model.fit(data, callback=lambda s, e, n: wandb.log({"score": s}))\n` },
    { name: "old_fit keeps it", code: `${FIT}def log(score, epoch, steps):\n    wandb.log(data={"score": score}, ⟦step=steps⟧)\nmodel.old_fit(data, callback=log)\n`, versions: { "sentence-transformers": "5.1.0" }, findings: one("warning", "-1 at its end"), fixed: `${FIT}def log(score, epoch, steps):\n    wandb.log(data={"score": score})\nmodel.old_fit(data, callback=log)\n` },
  ],
});
