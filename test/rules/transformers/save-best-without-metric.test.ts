import rule from "../../../server/src/rules/transformers/save-best-without-metric.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import Trainer, TrainingArguments\nargs = TrainingArguments("out", ${args})\n${after}Trainer(model=m, args=args)\n`;
const one = [{ message: "needs metric_for_best_model", severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "a metric", code: script('save_strategy="best", metric_for_best_model="f1"') },
    { name: "the best model at the end", code: script('save_strategy="best", load_best_model_at_end=True') },
    { name: "the best model, perhaps", code: script('save_strategy="best", load_best_model_at_end=cli.best') },
    { name: "another strategy", code: script('save_strategy="epoch" # best') },
    { name: "written later", code: script('save_strategy="best"', 'args.metric_for_best_model = "f1"\n') },
    { name: "corrected later", code: script('save_strategy="best"', 'args.save_strategy = "epoch"\n') },
    { name: "a scheduler by metric", code: script('save_strategy="best", lr_scheduler_type="reduce_lr_on_plateau"') },
    { name: "an unknown scheduler", code: script('save_strategy="best", lr_scheduler_type=cli.scheduler') },
    { name: "an open splat may bring it", code: script('save_strategy="best", **more') },
    { name: "one of two strategies", code: script('save_strategy="best" if cli.best else "epoch"') },
    { name: "before 4.47 the word itself fails", code: script('save_strategy="best"'), versions: { transformers: "4.46.3" } },
  ],
  invalid: [
    { name: "no metric", code: script('⟦save_strategy="best"⟧'), findings: one },
    { name: "None", code: script('⟦save_strategy="best"⟧, metric_for_best_model=None'), findings: one },
    { name: "a dict, an enum", code: "from transformers import Trainer, TrainingArguments\nfrom transformers.trainer_utils import SaveStrategy\nd = {⟦'save_strategy': SaveStrategy.BEST⟧, 'eval_strategy': 'epoch'}\nTrainer(m, TrainingArguments('o', **d))\n", versions: { transformers: "5.18" }, findings: one },
    { name: "SFTConfig", code: "from trl import SFTConfig, SFTTrainer\nSFTTrainer(model=m, args=SFTConfig('o', ⟦save_strategy='best'⟧))\n", findings: one },
  ],
});
