import rule from "../../../server/src/rules/wandb/ignored-run-name.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (init: string, args = 'run_name="mine"', report = 'report_to="wandb"'): string => `import wandb
from transformers import Trainer, TrainingArguments
${init}
args = TrainingArguments("out", ${args}, ${report})
trainer = Trainer(model, args, train_dataset=a)
trainer.train()
`;

ruleTest(rule, {
  valid: [
    { name: "the Trainer's own run", code: script("") },
    { name: "the same name", code: script('wandb.init(name="mine")') },
    { name: "no name for the Trainer", code: script("wandb.init()", "seed=1") },
    { name: "a name of the command line", code: script("wandb.init(name=cli.name)") },
    { name: "the Trainer's is of the command line", code: script('wandb.init(name="a")', "run_name=cli.name") },
    { name: "unpacked into init", code: script("wandb.init(**options)") },
    { name: "a run that goes on", code: script('wandb.init(id="abc", resume="allow")') },
    { name: "off", code: script('wandb.init(mode="offline")') },
    { name: "named later", code: script('run = wandb.init()\nrun.name = "mine"') },
    { name: "named by the environment", code: script('import os\nos.environ["WANDB_NAME"] = "mine"\nwandb.init()') },
    { name: "ended before", code: script("wandb.init()\nwandb.finish()") },
    { name: "begun afterwards", code: `${script("")}wandb.init()\n` },
    { name: "perhaps begun", code: script("if cli.track:\n    wandb.init()") },
    { name: "begun twice", code: script("wandb.init()\nwandb.init()") },
    { name: "reports to nobody", code: script("wandb.init()", 'run_name="mine"', 'report_to="none"') },
    { name: "another init", code: script("tracker.init()") },
    { name: "a project by position", code: script('wandb.init("job")') },
    { name: "no arguments", code: "import wandb\nfrom transformers import Trainer\nwandb.init()\nTrainer(model, train_dataset=a).train()\n# run_name\n" },
  ],
  invalid: [
    { name: "without a name", code: script('wandb.init(project="p")', '⟦run_name="mine"⟧'), findings: [{ message: 'a name of its own. Pass name="mine" to wandb.init.', severity: "information" }], unsafe: script('wandb.init(project="p", name="mine")') },
    { name: "under another name", code: script('wandb.init(name="other")', '⟦run_name="mine"⟧'), findings: [{ message: 'whose name is "other"', severity: "information" }], unsafe: script('wandb.init(name="mine")') },
    { name: "a name made of constants", code: script('lr = 2\nwandb.init(project="p")', '⟦run_name=f"lr-{lr}"⟧'), findings: [{ message: 'name="lr-2"', severity: "information" }] },
  ],
});
