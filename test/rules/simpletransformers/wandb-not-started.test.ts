import rule from "../../../server/src/rules/simpletransformers/wandb-not-started.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from simpletransformers.classification import ClassificationArgs, ClassificationModel\n";
const trained = (args: string): string => `${HEAD}a = ClassificationArgs(${args})\nm = ClassificationModel("bert", "b", args=a)\nm.train_model(df)\n`;

ruleTest(rule, {
  valid: [
    { name: "both", code: trained('wandb_project="p", wandb_kwargs={"name": "n"}') },
    { name: "a project alone", code: trained('wandb_project="p"') },
    { name: "empty", code: trained("wandb_kwargs={}") },
    { name: "the project from outside", code: trained('wandb_project=project, wandb_kwargs={"name": "n"}') },
    { name: "a sweep", code: `import wandb\n${trained('wandb_kwargs={"name": "n"}')}wandb.agent(sweep, train)\n` },
    { name: "options from outside", code: trained("wandb_kwargs=options") },
    { name: "config, but no run", code: `import wandb\nwandb.init()\n${trained('wandb_kwargs={"config": {}}')}` },
  ],
  invalid: [
    { name: "no project", code: trained('⟦wandb_kwargs={"name": "n"}⟧'), findings: [{ severity: "warning", message: "no run is started" }] },
    { name: "the project twice", code: trained('wandb_project="p", wandb_kwargs={⟦"project": "q"⟧, "name": "n"}'), findings: [{ severity: "error", message: "TypeError" }] },
    { name: "a config", code: `${HEAD}m = ClassificationModel("bert", "b", args={"wandb_project": "p", "wandb_kwargs": {⟦"config": {}⟧}})\nm.train_model(df)\n`, findings: [{ severity: "error", message: "Take it out" }] },
  ],
});
