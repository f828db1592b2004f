import rule from "../../../server/src/rules/wandb/step-with-trainer.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (log: string, args = 'eval_strategy="epoch", logging_steps=1, report_to="wandb"'): string => `import wandb
from transformers import Trainer, TrainerCallback, TrainingArguments
class Scores(TrainerCallback):
    def on_evaluate(self, args, state, control, **kwargs):
        ${log}
args = TrainingArguments("out", ${args})
trainer = Trainer(model, args, train_dataset=a, eval_dataset=b, callbacks=[Scores()])
trainer.train()
`;
const LOG = 'wandb.log({"score": f()}, step=state.global_step)';
const MARKED = 'wandb.log({"score": f()}, ⟦step=state.global_step⟧)';
const FOUND = [{ severity: "warning", message: "overtakes state.global_step" }] as const;

ruleTest(rule, {
  valid: [
    { name: "no step", code: script('wandb.log({"score": f(), "train/global_step": state.global_step})') },
    { name: "logs every ten steps", code: script(LOG, 'eval_strategy="epoch", logging_steps=10, report_to="wandb"') },
    { name: "logs as seldom as by default", code: script(LOG, 'eval_strategy="epoch", report_to="wandb"') },
    { name: "logs of the command line", code: script(LOG, 'eval_strategy="epoch", logging_steps=n, report_to="wandb"') },
    { name: "logs every epoch", code: script(LOG, 'eval_strategy="epoch", logging_strategy="epoch", logging_steps=1, report_to="wandb"') },
    { name: "never evaluates", code: script(LOG, 'logging_steps=1, report_to="wandb"') },
    { name: "reports to nobody", code: script(LOG, 'eval_strategy="epoch", logging_steps=1, report_to="none"') },
    { name: "reports elsewhere", code: script(LOG, 'eval_strategy="epoch", logging_steps=1, report_to=["tensorboard"]') },
    { name: "reports to a name", code: script(LOG, 'eval_strategy="epoch", logging_steps=1, report_to=tracker') },
    { name: "transformers 5 reports to nobody", code: script(LOG, 'eval_strategy="epoch", logging_steps=1'), versions: { transformers: "5.1.0" } },
    { name: "a version that isn't known", code: script(LOG, 'eval_strategy="epoch", logging_steps=1') },
    { name: "unpacked arguments", code: script(LOG, 'eval_strategy="epoch", report_to="wandb", **options') },
    { name: "switched off", code: `import os\nos.environ["WANDB_MODE"] = "disabled"\n${script(LOG)}` },
    { name: "a computed step", code: script('wandb.log({"score": f()}, step=state.global_step * 2)') },
    { name: "not wandb's log", code: script('logger.log({"score": f()}, step=state.global_step)') },
    { name: "no Trainer in the script", code: `import wandb\ndef f(state):\n    ${LOG}\n` },
    { name: "two trainings, one of which logs seldom", code: `${script(LOG)}Trainer(model, TrainingArguments("p", report_to="wandb"), train_dataset=a).train()\n` },
  ],
  invalid: [
    { name: "on_evaluate", code: script(MARKED), findings: FOUND, fixed: script('wandb.log({"score": f(), "train/global_step": state.global_step})') },
    { name: "among others", code: script(MARKED, 'eval_strategy="steps", logging_steps=1, report_to=["tensorboard", "wandb"]'), findings: FOUND, fixed: script('wandb.log({"score": f(), "train/global_step": state.global_step})', 'eval_strategy="steps", logging_steps=1, report_to=["tensorboard", "wandb"]') },
    { name: "everything, in transformers 4", code: script("wandb.log(scores, ⟦step=state.global_step⟧)", 'eval_strategy="epoch", logging_steps=1'), versions: { transformers: "4.57.0" }, findings: FOUND },
    { name: "the trainer's state", code: script('wandb.log(scores, ⟦step=trainer.state.global_step⟧)'), findings: [{ severity: "warning", message: "overtakes trainer.state.global_step" }] },
    { name: "an empty dict", code: script("wandb.log({}, ⟦step=state.global_step⟧)"), findings: FOUND },
    { name: "a dict with a comment at its end", code: script('wandb.log({\n            "score": f(),  # of the whole set\n        }, ⟦step=state.global_step⟧)'), findings: FOUND, fixed: script('wandb.log({\n            "score": f(), "train/global_step": state.global_step,  # of the whole set\n        })') },
  ],
});
