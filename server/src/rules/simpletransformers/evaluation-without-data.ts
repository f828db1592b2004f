import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { truthOf } from "../../script/values.js";
import { argumentSetsOf, type ModelArgument } from "./argumentSets.js";
import { isNone } from "../nothing.js";

/** What each model calls its evaluation data. ConvAI falls back to data of its own. */
const DATA: Readonly<Record<string, string>> = {
  ClassificationModel: "eval_df",
  MultiLabelClassificationModel: "eval_df",
  NERModel: "eval_data",
  T5Model: "eval_data",
  Seq2SeqModel: "eval_data",
  QuestionAnsweringModel: "eval_data",
  RetrievalModel: "eval_data",
  LanguageModelingModel: "eval_file",
};

const NAMES = ["eval_df", "eval_data", "eval_file"] as const;

export default defineRule({
  id: "simpletransformers/evaluation-without-data",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["train_model"],
  messages: {
    missing: "evaluate_during_training is on, but train_model() gets no {data}: raises ValueError before the training. Pass {data}.",
    unused: "{data} is passed, but evaluate_during_training is {flag}: nothing is evaluated, and no best model is kept. Set evaluate_during_training=True.",
  },
  docs: {
    summary: "evaluate_during_training without evaluation data, or the data without the flag.",
    why: `With \`evaluate_during_training=True\`, \`train_model()\` raises \`ValueError: evaluate_during_training is enabled but eval_df is not specified\` when it gets no
evaluation data. The other way round nothing is said: the data is ignored while the flag is off, which it is by default.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(evaluate_during_training=True)
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df)
`,
        good: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(evaluate_during_training=True)
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df, eval_df=eval_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/master/simpletransformers/classification/classification_model.py"],
    silent: "Where more than the training data is passed by position, where a splat may bring the data, and where the arguments come from outside.",
  },
  check({ script, report }) {
    for (const { model, train, read } of argumentSetsOf(script)) {
      const data = DATA[model];
      if (!train || data === undefined || train.isOpen || train.positional.length > 1) continue;
      const flag = read("evaluate_during_training");
      const isOn = flag.value.kind === "absent" ? false : truthOf(flag.value);
      const given = NAMES.map((name) => train.keywords.get(name)).find((argument) => argument && !isNone(argument.value));
      if (isOn === true && !given) {
        if (NAMES.every((name) => !train.keywords.has(name))) report({ message: "missing", data: { data }, at: train.nameSpan, raises: "ValueError" });
      } else if (isOn === false && given) {
        report({
          message: "unused",
          severity: "warning",
          data: { data: given.name ?? data, flag: flag.value.kind === "absent" ? "not set" : "False" },
          at: script.tree.span(given.entry),
          fixes: flagFix(script, flag),
        });
      }
    }
  },
});

function flagFix(script: Script, flag: ModelArgument): Fix[] {
  if (flag.value.kind !== "literal" || flag.value.origin !== flag.node) return [];
  return [{ title: "Set `evaluate_during_training` to `True`", safety: "unsafe", edits: [replaceNode(script.tree, flag.node, "True")] }];
}
