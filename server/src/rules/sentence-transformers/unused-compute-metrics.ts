import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { isNothing, sentenceTrainersOf } from "./trainerCalls.js";

export default defineRule({
  id: "sentence-transformers/unused-compute-metrics",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["compute_metrics"],
  messages: { unused: "{trainer} never calls compute_metrics: an evaluation gives its loss and what an evaluator computes. Pass evaluator." },
  docs: {
    summary: "compute_metrics for a trainer of sentence-transformers, which doesn't use it.",
    why: `The trainers take \`compute_metrics\` because transformers' Trainer has it, log one warning and never call it: their models return no predictions for it to look at. Metrics come from an
\`evaluator\`.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformerTrainer

trainer = SentenceTransformerTrainer(model=model, train_dataset=train, loss=loss, compute_metrics=compute)
`,
        good: `from sentence_transformers import SentenceTransformerTrainer

trainer = SentenceTransformerTrainer(model=model, train_dataset=train, loss=loss, evaluator=evaluator)
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/trainer.py"],
    silent: "For a trainer class of the script's own.",
  },
  check({ script, report }) {
    for (const { call, kind } of sentenceTrainersOf(script)) {
      const argument = call.keywords.get("compute_metrics");
      if (!argument || isNothing(argument.value)) continue;
      const fixes = argument.via === "keyword" ? [{ title: "Remove `compute_metrics`", safety: "unsafe" as const, edits: [removeArgument(script, argument)] }] : [];
      report({ message: "unused", data: { trainer: `${kind}Trainer` }, at: script.tree.span(argument.entry), fixes });
    }
  },
});
