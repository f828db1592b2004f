import rule from "../../../server/src/rules/transformers/invalid-choice.js";
import { ruleTest } from "../../support/ruleTest.js";

const at = (transformers: string) => ({ versions: { transformers } });
const args = (written: string): string => `from transformers import TrainingArguments\nargs = TrainingArguments("out", ${written})\n`;
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "allowed", code: args(`eval_strategy="steps", save_strategy="epoch", logging_strategy="no"`) },
    { name: "best in 4.47", code: args(`save_strategy="best", metric_for_best_model="f1"`), ...at("4.47.0") },
    { name: "best, version unknown", code: args(`save_strategy="best", metric_for_best_model="f1"`) },
    { name: "an enumeration member", code: `from transformers import IntervalStrategy, TrainingArguments\nTrainingArguments("o", eval_strategy=IntervalStrategy.STEPS)\n` },
    { name: "from the command line", code: args("eval_strategy=cli.strategy") },
    { name: "optimizers", code: args(`optim="paged_adamw_8bit", lr_scheduler_type="cosine"`) },
    { name: "report_to", code: args(`report_to=["wandb", "tensorboard"]`) },
    { name: "report_to none and all", code: args(`report_to="none"`) },
    { name: "a device for device_map", code: `from transformers import AutoModelForCausalLM\nAutoModelForCausalLM.from_pretrained("g", device_map="cuda:0")\n` },
    { name: "device_map auto", code: `from transformers import AutoModelForCausalLM\nAutoModelForCausalLM.from_pretrained("g", device_map="auto")\n` },
    { name: "a dict for device_map", code: `from transformers import AutoModelForCausalLM\nAutoModelForCausalLM.from_pretrained("g", device_map={"": 0})\n` },
    { name: "problem_type", code: `from transformers import AutoModelForSequenceClassification\nAutoModelForSequenceClassification.from_pretrained("g", problem_type="regression")\n` },
    { name: "adamw_hf while it was there", code: args(`optim="adamw_hf"`), ...at("4.36.2") },
    { name: "None means the default", code: args("optim=None") },
    { name: "ValueError is caught", code: `from transformers import TrainingArguments\ntry:\n    TrainingArguments("o", eval_strategy="step")\nexcept ValueError:\n    pass\n` },
  ],
  invalid: [
    { name: "step", code: args(`eval_strategy=⟦"step"⟧`), findings: one("error", `Did you mean "steps"?`), fixed: args(`eval_strategy="steps"`) },
    { name: "capitals", code: args(`save_strategy=⟦'Epoch'⟧`), ...at("5.18.0"), findings: one("error", "raises ValueError when the arguments are built"), fixed: args(`save_strategy='epoch'`) },
    { name: "True", code: args("eval_strategy=⟦True⟧"), findings: one("error", "doesn't take True") },
    { name: "through a constant", code: `from transformers import TrainingArguments\nWHEN = ⟦"epochs"⟧\nTrainingArguments("o", logging_strategy=WHEN)\n`, findings: one("error", "epoch"), fixed: `from transformers import TrainingArguments\nWHEN = "epoch"\nTrainingArguments("o", logging_strategy=WHEN)\n` },
    { name: "on one of two ways", code: args(`eval_strategy=⟦"step"⟧ if f() else "no"`), findings: one("warning", "steps"), fixed: args(`eval_strategy="steps" if f() else "no"`) },
    { name: "best before 4.47", code: args(`save_strategy=⟦"best"⟧`), ...at("4.46.3"), findings: one("error", "best") },
    { name: "adamw_hf in 5", code: args(`optim=⟦"adamw_hf"⟧`), ...at("5.18.0"), findings: one("error", `Use "adamw_torch"`), fixed: args(`optim="adamw_torch"`) },
    { name: "adamw was never there", code: args(`optim=⟦"adamw"⟧`), findings: one("error", "adamw_torch"), fixed: args(`optim="adamw_torch"`) },
    { name: "a misspelled logger in a list", code: args(`report_to=["tensorboard", ⟦"wanb"⟧]`), ...at("4.57.6"), findings: one("error", "when the Trainer is built"), fixed: args(`report_to=["tensorboard", "wandb"]`) },
    { name: "a misspelled device_map", code: `from transformers import AutoModelForCausalLM\nAutoModelForCausalLM.from_pretrained("g", device_map=⟦"atuo"⟧)\n`, findings: one("error", "auto"), fixed: `from transformers import AutoModelForCausalLM\nAutoModelForCausalLM.from_pretrained("g", device_map="auto")\n` },
    { name: "nothing checks the problem type", code: `from transformers import AutoModelForSequenceClassification\nAutoModelForSequenceClassification.from_pretrained("g", problem_type=⟦"multi_label"⟧)\n`, findings: one("warning", "nothing checks it") },
  ],
});
