import rule from "../../../server/src/rules/wandb/merged-runs.js";
import { ruleTest } from "../../support/ruleTest.js";

interface Parts {
  readonly before?: string;
  readonly loop?: string;
  readonly model?: string;
  readonly args?: string;
  readonly train?: string;
  readonly after?: string;
}

const script = ({ before = "", loop = "for seed in [1, 2]:", model = 'AutoModel.from_pretrained("m")', args = 'report_to="wandb"', train = "trainer.train()", after = "" }: Parts): string => `import wandb
from transformers import AutoModel, Trainer, TrainingArguments
${before}${loop}
    model = ${model}
    args = TrainingArguments("out", ${args})
    trainer = Trainer(model, args, train_dataset=a)
    ${train}
${after}`;
const MARKED = "trainer.⟦train⟧()";
const FOUND = [{ severity: "warning", message: "all trainings become one run" }] as const;

ruleTest(rule, {
  valid: [
    { name: "finished", code: script({ after: "    wandb.finish()\n" }) },
    { name: "finished by its object", code: script({ after: "    run.finish()\n" }) },
    { name: "started in the round", code: script({ train: 'wandb.init(reinit="finish_previous")\n    trainer.train()' }) },
    { name: "one round", code: script({ loop: "for seed in [1]:" }) },
    { name: "left after the first", code: script({ after: "    break\n" }) },
    { name: "reports to nobody", code: script({ args: 'report_to="none"' }) },
    { name: "reports elsewhere", code: script({ args: 'report_to="tensorboard"' }) },
    { name: "reports to a name", code: script({ args: "report_to=tracker" }) },
    { name: "transformers 5 reports to nobody", code: script({ args: "seed=seed" }), versions: { transformers: "5.1.0" } },
    { name: "a version that isn't known", code: script({ args: "seed=seed" }) },
    { name: "it goes on with its model", code: script({ model: "model" }) },
    { name: "with a model from before", code: script({ before: "model = load()\n", model: "wrap(model)" }) },
    { name: "trained behind the loop", code: script({ train: "pass", after: "trainer.train()\n" }) },
    { name: "trained under a condition", code: script({ train: "if ready:\n        trainer.train()" }) },
    { name: "switched off", code: script({ before: 'import os\nos.environ["WANDB_MODE"] = "disabled"\n' }) },
    { name: "a Trainer from outside", code: 'import wandb\nfrom transformers import Trainer, TrainingArguments\ntrainer = Trainer(m, TrainingArguments("o", report_to="wandb"), train_dataset=a)\nfor stage in stages:\n    trainer.train()\n' },
    { name: "a model for all rounds", code: script({ before: "model = load()\n", model: "model" }) },
    { name: "a model's attribute", code: script({ train: "trainer.train()" }).replace("Trainer(model,", "Trainer(self.model,") },
    { name: "built in another loop", code: 'import wandb\nfrom transformers import AutoModel, Trainer, TrainingArguments\nfor seed in seeds:\n    trainer = Trainer(AutoModel.from_pretrained("m"), TrainingArguments("out", report_to="wandb"), train_dataset=a)\nfor part in parts:\n    trainer.train()\n' },
    { name: "a function in the loop", code: 'import wandb\nfrom transformers import AutoModel, Trainer, TrainingArguments\nfor seed in seeds:\n    def run():\n        trainer = Trainer(AutoModel.from_pretrained("m"), TrainingArguments("out", report_to="wandb"), train_dataset=a)\n        trainer.train()\n' },
    { name: "a dict with the model", code: script({}).replace("Trainer(model, args,", "Trainer(**{\"model\": model}, args=args,") },
    { name: "one model, trained on in each round", code: script({ before: "model = load()\n" }).replace('    model = AutoModel.from_pretrained("m")\n', "") },
    { name: "bound outside too", code: script({ before: "model = load()\n" }) },
  ],
  invalid: [
    { name: "a loop over seeds", code: script({ train: MARKED }), findings: FOUND, fixed: script({ after: "    wandb.finish()\n" }) },
    { name: "a loop of unknown length", code: script({ loop: "for fold, (x, y) in enumerate(folds):", train: MARKED, after: "    trainer.save_model()\n" }), findings: FOUND, fixed: script({ loop: "for fold, (x, y) in enumerate(folds):", after: "    trainer.save_model()\n    wandb.finish()\n" }) },
    { name: "its result is kept", code: script({ train: `result = ${MARKED}` }), findings: FOUND, fixed: script({ train: "result = trainer.train()", after: "    wandb.finish()\n" }) },
    { name: "everything, in transformers 4", code: script({ args: "seed=seed", train: MARKED }), versions: { transformers: "4.57.0" }, findings: FOUND, fixed: script({ args: "seed=seed", after: "    wandb.finish()\n" }) },
    { name: "a model made in the call", code: script({ train: MARKED }).replace("Trainer(model,", "Trainer(load(),"), findings: FOUND, fixed: script({ after: "    wandb.finish()\n" }).replace("Trainer(model,", "Trainer(load(),") },
    { name: "made by model_init", code: script({ train: MARKED }).replace("Trainer(model, args,", "Trainer(None, args, model_init=lambda: load(),"), findings: FOUND, fixed: script({ after: "    wandb.finish()\n" }).replace("Trainer(model, args,", "Trainer(None, args, model_init=lambda: load(),") },
    { name: "wandb under another name", code: script({ train: MARKED }).replace("import wandb\n", "import wandb as w\n"), findings: FOUND },
    { name: "two statements on the last line", code: script({ train: `${MARKED}; x = 1` }), findings: FOUND },
  ],
});
