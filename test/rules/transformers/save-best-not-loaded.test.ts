import rule from "../../../server/src/rules/transformers/save-best-not-loaded.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import TrainingArguments\nargs = TrainingArguments("o", ${args})\n${after}`;
const one = [{ message: "loads nothing before transformers 5.4", severity: "warning" }] as const;
const ALL = 'eval_strategy="epoch", save_strategy="best", load_best_model_at_end=True';
const MARKED = 'eval_strategy="epoch", ⟦save_strategy="best"⟧, load_best_model_at_end=True';

ruleTest(rule, {
  valid: [
    { name: "the first version that loads it", code: script(ALL), versions: { transformers: "5.4.0" } },
    { name: "the newest", code: script(ALL), versions: { transformers: "5.18" } },
    { name: "not wanted", code: script('eval_strategy="epoch", save_strategy="best", metric_for_best_model="f1"'), versions: { transformers: "4.57" } },
    { name: "per epoch", code: script('eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True'), versions: { transformers: "4.57" } },
    { name: "from outside", code: script('eval_strategy="epoch", save_strategy="best", load_best_model_at_end=cli.best'), versions: { transformers: "4.57" } },
    { name: "set later", code: script(ALL, "args.load_best_model_at_end = False\n"), versions: { transformers: "4.57" } },
    { name: "no evaluation", code: script('save_strategy="best", load_best_model_at_end=True'), versions: { transformers: "4.57" } },
  ],
  invalid: [
    { name: "4.57", code: script(MARKED), versions: { transformers: "4.57.6" }, findings: one, unsafe: script('eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True') },
    { name: "5.3", code: script(MARKED), versions: { transformers: "5.3.0" }, findings: one },
    { name: "not known", code: script(MARKED), findings: one },
    { name: "by steps", code: script(MARKED.replace('"epoch"', '"steps"')), versions: { transformers: "4.47" }, findings: one },
  ],
});
