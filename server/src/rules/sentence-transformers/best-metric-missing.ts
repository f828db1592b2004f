import { defineRule } from "../../analysis/rule.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import { argumentsOf, givenTo, isNothing, sentenceTrainersOf } from "./trainerCalls.js";

const EVALUATOR = /^sentence_transformers\.(?:\w+\.)*evaluation\.(?:\w+\.)*\w+Evaluator$/;

export default defineRule({
  id: "sentence-transformers/best-metric-missing",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["load_best_model_at_end"],
  messages: {
    missing: 'load_best_model_at_end looks for eval_loss, and an evaluator alone gives none: raises KeyError at the first evaluation. Set metric_for_best_model="eval_<name>_<metric>".',
  },
  docs: {
    summary: "The best model asked for by a loss that nobody computes.",
    why: `Without \`metric_for_best_model\` the best model is the one with the lowest \`eval_loss\`. A trainer of sentence-transformers has an \`eval_loss\` only where it has an \`eval_dataset\`; with an evaluator alone
\`KeyError: "The metric_for_best_model training argument is set to 'eval_loss', which is not found in the evaluation metrics"\` is raised at the first evaluation. The evaluator's own metrics are called
\`eval_<name>_<metric>\`: \`eval_dev_cosine_accuracy\` for \`TripletEvaluator(..., name="dev")\`.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.evaluation import TripletEvaluator

args = SentenceTransformerTrainingArguments("out", eval_strategy="steps", save_strategy="steps", load_best_model_at_end=True)
evaluator = TripletEvaluator(anchors, positives, negatives, name="dev")
trainer = SentenceTransformerTrainer(model=model, args=args, train_dataset=train, loss=loss, evaluator=evaluator)
`,
        good: `from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.evaluation import TripletEvaluator

args = SentenceTransformerTrainingArguments("out", eval_strategy="steps", save_strategy="steps", load_best_model_at_end=True, metric_for_best_model="eval_dev_cosine_accuracy")
evaluator = TripletEvaluator(anchors, positives, negatives, name="dev")
trainer = SentenceTransformerTrainer(model=model, args=args, train_dataset=train, loss=loss, evaluator=evaluator)
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/trainer.py"],
    silent: "With an `eval_dataset`, with evaluators of the script's own, and where one of the arguments comes from outside.",
  },
  check({ script, report }) {
    for (const trainer of sentenceTrainersOf(script)) {
      const args = argumentsOf(trainer);
      const best = args?.call?.keywords.get("load_best_model_at_end");
      if (!args || !best || !isNothing(givenTo(trainer, "eval_dataset")) || !isLibraryEvaluator(givenTo(trainer, "evaluator"))) continue;
      const field = (name: string): Value => script.objects.fieldAt(args, name, trainer.call.node);
      const strategy = stringOf(field("eval_strategy")) ?? stringOf(field("evaluation_strategy"));
      if (truthOf(field("load_best_model_at_end")) !== true || !isNothing(field("metric_for_best_model")) || (strategy !== "steps" && strategy !== "epoch")) continue;
      report({ message: "missing", at: script.tree.span(best.entry), raises: "KeyError", related: [{ message: "evaluates with an evaluator alone", range: trainer.call.nameSpan }] });
    }
  },
});

function isLibraryEvaluator(value: Value): boolean {
  if (value.kind === "instance") return !value.object.localClass && EVALUATOR.test(value.object.className ?? "") && !/SequentialEvaluator$/.test(value.object.className ?? "");
  return value.kind === "call" && value.call.method === "from_input_examples" && EVALUATOR.test((value.call.name ?? "").replace(/\.from_input_examples$/, ""));
}
