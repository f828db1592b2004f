import rule from "../../../server/src/rules/sentence-transformers/best-metric-missing.js";
import { ruleTest } from "../../support/ruleTest.js";

const made = (args: string, trainer = ", evaluator=ev"): string =>
  `from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments\nfrom sentence_transformers.evaluation import TripletEvaluator\nev = TripletEvaluator(a, p, n, name="dev")\na = SentenceTransformerTrainingArguments("o", eval_strategy="steps"${args})\nt = SentenceTransformerTrainer(model=m, args=a, train_dataset=d${trainer})\n`;

ruleTest(rule, {
  valid: [
    { name: "a metric", code: made(', load_best_model_at_end=True, metric_for_best_model="eval_dev_cosine_accuracy"') },
    { name: "a dataset gives a loss", code: made(", load_best_model_at_end=True", ", evaluator=ev, eval_dataset=e") },
    { name: "not asked for", code: made(", load_best_model_at_end=False") },
    { name: "the metric from outside", code: made(", load_best_model_at_end=True, metric_for_best_model=metric") },
    { name: "set later", code: made(", load_best_model_at_end=True").replace("t = ", 'a.metric_for_best_model = "x"\nt = ') },
    { name: "an evaluator of one's own", code: made(", load_best_model_at_end=True", ", evaluator=Own()").replace("ev = ", "class Own: ...\nev = ") },
    { name: "the data may come from outside", code: made(", load_best_model_at_end=True", ", evaluator=ev, **more") },
  ],
  invalid: [
    { name: "an evaluator alone", code: made(", ⟦load_best_model_at_end=True⟧"), findings: [{ severity: "error", message: "KeyError at the first evaluation" }] },
    { name: "made of examples", code: made(", ⟦load_best_model_at_end=True⟧").replace('TripletEvaluator(a, p, n, name="dev")', "TripletEvaluator.from_input_examples(x)"), findings: [{ severity: "error", message: "eval_loss" }] },
  ],
});
