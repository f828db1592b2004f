import { defineRule } from "../../analysis/rule.js";
import { numberOf, stringOf } from "../../script/values.js";
import { modelOf } from "./models.js";
import { givenTo, isPlain, metricsFunction, trainersOf } from "./trainers.js";

/** `np.argmax(x, axis=1)`, `x.argmax(-1)`: over the outputs of a row, not over the rows. */
const OVER_CLASSES = /\bargmax\((?:[^()]*?,\s*)?(?:(?:axis|dim)\s*=\s*)?-?1\)/;

export default defineRule({
  id: "transformers/single-label-is-regression",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["ForSequenceClassification"],
  messages: {
    regression: "num_labels=1 trains the head for regression (mean squared error), and argmax over its one output is always 0. For classes set num_labels to their number, at least 2.",
  },
  docs: {
    summary: "A head with one output, whose predictions are taken for classes.",
    why: `\`num_labels=1\` doesn't mean one class: the model takes it for regression, trains with mean squared error on the labels as numbers, and gives one number per row. \`argmax\` over one number
is 0 for every row, so the accuracy that \`compute_metrics\` shows is the share of class 0, and doesn't change. Two classes need \`num_labels=2\`.`,
    examples: [
      {
        bad: `import numpy as np
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased", num_labels=1)


def compute_metrics(p):
    predictions = np.argmax(p.predictions, axis=1)
    return {"accuracy": float((predictions == p.label_ids).mean())}


trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=train, eval_dataset=test, compute_metrics=compute_metrics)
`,
        good: `import numpy as np
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased", num_labels=2)


def compute_metrics(p):
    predictions = np.argmax(p.predictions, axis=1)
    return {"accuracy": float((predictions == p.label_ids).mean())}


trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=train, eval_dataset=test, compute_metrics=compute_metrics)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/models/bert/modeling_bert.py"],
    silent: "Where nothing shows that classes are meant: `num_labels=1` is right for regression and for reward models; with a `problem_type`; on Trainer classes of the script, whose predictions may be others.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      const model = modelOf(givenTo(trainer, "model"));
      const call = /^transformers\.\w+ForSequenceClassification$/.test(model?.className ?? "") ? model?.call : undefined;
      const count = call?.keywords.get("num_labels");
      const metrics = metricsFunction(script, trainer);
      if (!isPlain(trainer) || !call || !count || numberOf(count.value) !== 1 || !metrics || stringOf(call.value("problem_type")) !== undefined || call.keywords.has("problem_type")) continue;
      const { node } = metrics.function;
      const isArgmax = script.callsOfMethod("argmax").some((argmax) => script.tree.contains(node, argmax.node) && OVER_CLASSES.test(script.tree.textOf(argmax.node)));
      if (isArgmax && !/num_labels|is_regression|squeeze|if\b/.test(script.tree.textOf(node))) ctx.report({ message: "regression", at: script.tree.span(count.entry), related: [{ message: "the classes are taken by argmax", range: script.tree.span(metrics.function.node) }] });
    }
  },
});
