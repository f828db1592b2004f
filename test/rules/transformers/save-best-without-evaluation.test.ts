import rule from "../../../server/src/rules/transformers/save-best-without-evaluation.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import SaveStrategy, TrainingArguments\nargs = TrainingArguments("o", ${args})\n${after}`;
const one = [{ message: "no checkpoint is ever saved", severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "evaluated", code: script('save_strategy="best", eval_strategy="epoch", metric_for_best_model="f1"') },
    { name: "another strategy", code: script('save_strategy="epoch"') },
    { name: "from outside", code: script('save_strategy="best", eval_strategy=cli.strategy') },
    { name: "an unknown splat", code: script('save_strategy="best", **more') },
    { name: "set later", code: script('save_strategy="best", metric_for_best_model="f1"', 'args.eval_strategy = "epoch"\n') },
    { name: "a callback asks for evaluations", code: script('save_strategy="best", metric_for_best_model="f1"', "class C:\n    def on_step_end(self, control):\n        control.should_evaluate = True\n") },
    { name: "versions that don't know it", code: script('save_strategy="best", metric_for_best_model="f1"'), versions: { transformers: "4.46" } },
    { name: "one of two", code: script('save_strategy="best" if cli.best else "no", metric_for_best_model="f1"') },
  ],
  invalid: [
    { name: "no eval_strategy", code: script('⟦save_strategy="best"⟧, metric_for_best_model="f1"'), findings: one, unsafe: script('save_strategy="best", eval_strategy="epoch", metric_for_best_model="f1"') },
    { name: "off", code: script('⟦save_strategy="best"⟧, eval_strategy="no", metric_for_best_model="f1"'), findings: one, unsafe: script('save_strategy="best", eval_strategy="epoch", metric_for_best_model="f1"') },
    { name: "an enum member", code: script('⟦save_strategy=SaveStrategy.BEST⟧, load_best_model_at_end=True'), findings: one },
  ],
});
