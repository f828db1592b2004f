import { defineRule } from "../../analysis/rule.js";
import { everyAlternative, stringOf } from "../../script/values.js";
import { isNothing, argumentsOf, givenTo, sentenceTrainersOf } from "./trainerCalls.js";

export default defineRule({
  id: "sentence-transformers/evaluation-without-data",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["eval_strategy", "evaluation_strategy"],
  messages: {
    missing: '{name} is "{strategy}", but {trainer} gets neither eval_dataset nor evaluator: raises ValueError when {trainer} is built. Pass one of the two.',
  },
  docs: {
    summary: "Evaluation switched on, with nothing to evaluate on.",
    why: `A trainer of sentence-transformers evaluates on an \`eval_dataset\`, which gives a loss, or with an \`evaluator\`, which gives metrics. With \`eval_strategy\` on and neither of them it raises
\`ValueError: You have set args.eval_strategy to ..., but you didn't provide an eval_dataset or an evaluator\`.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments

args = SentenceTransformerTrainingArguments("out", eval_strategy="steps")
trainer = SentenceTransformerTrainer(model=model, args=args, train_dataset=train, loss=loss)
`,
        good: `from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments

args = SentenceTransformerTrainingArguments("out", eval_strategy="steps")
trainer = SentenceTransformerTrainer(model=model, args=args, train_dataset=train, loss=loss, evaluator=evaluator)
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/trainer.py"],
    silent: "Where the data or the strategy may come from outside.",
  },
  check({ script, report }) {
    for (const trainer of sentenceTrainersOf(script)) {
      const args = argumentsOf(trainer);
      if (!args?.call || !isNothing(givenTo(trainer, "eval_dataset")) || !isNothing(givenTo(trainer, "evaluator"))) continue;
      for (const name of ["eval_strategy", "evaluation_strategy"]) {
        const strategy = script.objects.fieldAt(args, name, trainer.call.node);
        const isOn = everyAlternative(strategy, (each) => stringOf(each) === "steps" || stringOf(each) === "epoch");
        const written = args.call.keywords.get(name);
        if (!isOn || !written) continue;
        report({
          message: "missing",
          data: { name, strategy: stringOf(strategy) ?? "steps", trainer: `${trainer.kind}Trainer` },
          at: trainer.call.nameSpan,
          raises: "ValueError",
          related: [{ message: "evaluation is switched on here", range: script.tree.span(written.entry) }],
        });
      }
    }
  },
});
