import { defineRule } from "../../analysis/rule.js";
import { nearestName } from "../../config/nearestName.js";
import { numberOf, stringOf, truthOf } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { argumentSetsOf } from "./argumentSets.js";
import { isTrainParameter, resultsOf, SINCE_070 } from "./metrics.js";

export default defineRule({
  id: "simpletransformers/unknown-metric",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["early_stopping_metric"],
  messages: {
    unknown: 'No evaluation of this {model} computes "{metric}": raises KeyError at the first evaluation. It has {names}.',
    later: '"{metric}" is computed from simpletransformers 0.70 on: before, raises KeyError at the first evaluation. It had {names}.',
  },
  docs: {
    summary: "An early_stopping_metric that the model's evaluation doesn't compute.",
    why: `\`early_stopping_metric\` is looked up in the results of an evaluation, whether early stopping is on or not. A name that isn't there raises a bare \`KeyError\` at
the *first evaluation*, after part of the training has been paid for. Which names there are depends on the model and on its number of labels: a classifier
with more than two labels has only \`eval_loss\` and \`mcc\`. Metric functions that are passed to \`train_model()\` as keywords add their names.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(evaluate_during_training=True, early_stopping_metric="auroc", early_stopping_metric_minimize=False)
model = ClassificationModel("roberta", "roberta-base", num_labels=3, args=args)
model.train_model(train_df, eval_df=eval_df)
`,
        good: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(evaluate_during_training=True, early_stopping_metric="mcc", early_stopping_metric_minimize=False)
model = ClassificationModel("roberta", "roberta-base", num_labels=3, args=args)
model.train_model(train_df, eval_df=eval_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/master/simpletransformers/classification/classification_model.py"],
    silent: "For models other than classification, multi-label, NER and question answering; where a splat may bring metric functions; without a train_model in sight.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { model, constructor, train, read } of argumentSetsOf(script)) {
      const metric = read("early_stopping_metric");
      const name = stringOf(metric.value);
      if (!train || !constructor || train.isOpen || name === undefined || metric.entry === NO_NODE) continue;
      if (truthOf(read("evaluate_during_training").value) !== true || train.keywords.has(name)) continue;
      const regression = read("regression").value;
      const results = resultsOf(model, numberOf(constructor.value("num_labels")), regression.kind === "absent" ? false : truthOf(regression));
      if (!results) continue;
      const own = [...train.keywords.keys()].filter((keyword) => !isTrainParameter(keyword));
      const isLater = model === "ClassificationModel" && SINCE_070.has(name) && results.includes(name);
      if (results.includes(name) && !isLater) continue;
      const names = [...results.filter((each) => !isLater || !SINCE_070.has(each)), ...own];
      const nearest = nearestName(name, names);
      ctx.report({
        message: isLater ? "later" : "unknown",
        data: { metric: name, model: model.replace(/Model$/, " model"), names: nearest === undefined ? `${names.slice(0, 7).join(", ")}${names.length > 7 ? " ..." : ""}` : `${nearest} and ${names.length - 1} more` },
        at: script.tree.span(metric.entry),
        raises: "KeyError",
        ...(isLater ? { when: { simpletransformers: "<0.70" } } : {}),
        related: [{ message: "the training that evaluates", range: train.nameSpan }],
      });
    }
  },
});
