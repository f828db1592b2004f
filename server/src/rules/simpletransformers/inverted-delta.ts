import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { numberOf } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { argumentSetsOf } from "./argumentSets.js";
import { isOn } from "./flags.js";

/** Models that compare `new - best < delta`; classification compares `best - new > delta`, as it is meant. */
const INVERTED = /^(?:NER|T5|Seq2Seq|LanguageModeling|QuestionAnswering|MultiModalClassification|ConvAI|Retrieval)Model$/;

export default defineRule({
  id: "simpletransformers/inverted-delta",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["early_stopping_delta"],
  messages: {
    inverted: "{model} takes a score that is up to {delta} worse for an improvement: it overwrites the best model and puts off stopping. Set early_stopping_delta=0.",
  },
  docs: {
    summary: "A positive early_stopping_delta where it works the other way round.",
    why: `For a metric to be minimized these models test \`new - best < early_stopping_delta\`. With a positive delta a score that is *worse* than the best by less than delta counts as
an improvement: it becomes the best score, its model overwrites the best one, and the count for early stopping starts again. \`ClassificationModel\` has it right.`,
    examples: [
      {
        bad: `from simpletransformers.ner import NERArgs, NERModel

args = NERArgs(evaluate_during_training=True, early_stopping_delta=0.01)
model = NERModel("bert", "bert-base-cased", args=args)
model.train_model(train_df, eval_data=eval_df)
`,
        good: `from simpletransformers.ner import NERArgs, NERModel

args = NERArgs(evaluate_during_training=True)
model = NERModel("bert", "bert-base-cased", args=args)
model.train_model(train_df, eval_data=eval_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/ner/ner_model.py"],
    silent: "For classification models, for metrics that are maximized, and without evaluation during the training.",
  },
  check({ script, report }) {
    for (const { model, read } of argumentSetsOf(script)) {
      const delta = read("early_stopping_delta");
      const size = numberOf(delta.value);
      if (!INVERTED.test(model) || size === undefined || size <= 0 || delta.entry === NO_NODE) continue;
      // Question answering is the one that maximizes by default.
      if (isOn(read("evaluate_during_training"), false) !== true || isOn(read("early_stopping_metric_minimize"), model !== "QuestionAnsweringModel") !== true) continue;
      const isWritten = delta.value.kind === "literal" && delta.value.origin === delta.node;
      const fixes = isWritten ? [{ title: "Set `early_stopping_delta` to 0", safety: "unsafe" as const, edits: [replaceNode(script.tree, delta.node, "0")] }] : [];
      report({ message: "inverted", data: { model, delta: size }, at: script.tree.span(delta.entry), fixes });
    }
  },
});
