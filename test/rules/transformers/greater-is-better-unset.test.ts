import rule from "../../../server/src/rules/transformers/greater-is-better-unset.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import TrainingArguments\nargs = TrainingArguments("o", eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, ${args})\n${after}`;
const one = (message: string) => [{ message, severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "set", code: script('metric_for_best_model="wer", greater_is_better=False') },
    { name: "a score", code: script('metric_for_best_model="f1"') },
    { name: "a score, set", code: script('metric_for_best_model="f1", greater_is_better=True') },
    { name: "the loss", code: script('metric_for_best_model="eval_loss"') },
    { name: "a loss of one's own", code: script('metric_for_best_model="dice_loss"') },
    { name: "the loss, set", code: script('metric_for_best_model="loss", greater_is_better=False') },
    { name: "nothing", code: script("seed=1") },
    { name: "turned round", code: script('metric_for_best_model="neg_mae"') },
    { name: "its complement", code: script('metric_for_best_model="1_minus_wer"') },
    { name: "not plain", code: script('metric_for_best_model="distance"') },
    { name: "direction from outside", code: script('metric_for_best_model="wer", greater_is_better=cli.greater') },
    { name: "metric from outside", code: script("metric_for_best_model=cli.metric, greater_is_better=True") },
    { name: "set later", code: script('metric_for_best_model="wer"', "args.greater_is_better = False\n") },
    { name: "an unknown splat", code: script('metric_for_best_model="wer", **more') },
    { name: "no best model kept", code: 'from transformers import TrainingArguments\nTrainingArguments("o", metric_for_best_model="wer")  # load_best_model_at_end\n' },
    { name: "a word inside a name", code: script('metric_for_best_model="answer"') },
  ],
  invalid: [
    { name: "word errors", code: script('⟦metric_for_best_model="wer"⟧'), findings: one('A greater "wer" counts as better'), fixed: script('metric_for_best_model="wer", greater_is_better=False') },
    { name: "with a prefix", code: script('⟦metric_for_best_model="eval_rmse"⟧'), findings: one("eval_rmse"), fixed: script('metric_for_best_model="eval_rmse", greater_is_better=False') },
    { name: "of one set", code: script('⟦metric_for_best_model="test_perplexity"⟧'), findings: one("test_perplexity"), fixed: script('metric_for_best_model="test_perplexity", greater_is_better=False') },
    { name: "None", code: script('⟦metric_for_best_model="mae"⟧, greater_is_better=None'), findings: one("mae"), fixed: script('metric_for_best_model="mae", greater_is_better=False') },
    { name: "a greater loss", code: script('metric_for_best_model="eval_loss", ⟦greater_is_better=True⟧'), findings: one('greater_is_better=True with "eval_loss"'), fixed: script('metric_for_best_model="eval_loss", greater_is_better=False') },
    { name: "a greater loss by default", code: script("⟦greater_is_better=True⟧"), findings: one('with "loss"'), fixed: script("greater_is_better=False") },
    { name: "a smaller score", code: script('metric_for_best_model="accuracy", ⟦greater_is_better=False⟧'), findings: one('greater_is_better=False with "accuracy"'), fixed: script('metric_for_best_model="accuracy", greater_is_better=True') },
    { name: "the best is saved", code: 'from transformers import TrainingArguments\nTrainingArguments("o", eval_strategy="epoch", save_strategy="best", ⟦metric_for_best_model="cer"⟧)\n', findings: one("cer"), fixed: 'from transformers import TrainingArguments\nTrainingArguments("o", eval_strategy="epoch", save_strategy="best", metric_for_best_model="cer", greater_is_better=False)\n' },
  ],
});
