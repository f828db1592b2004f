import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { setBeside } from "../../analysis/siblingEdits.js";
import type { Script } from "../../script/script.js";
import { stringOf, truthOf } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { argumentSetsOf, type ModelArgument } from "./argumentSets.js";
import { HIGHER_IS_BETTER, LOWER_IS_BETTER } from "./metrics.js";

export default defineRule({
  id: "simpletransformers/best-metric-direction",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["early_stopping_metric"],
  messages: {
    minimized: '"{metric}" is better when higher, but early_stopping_metric_minimize is {written}: the worst model is kept as the best. Set early_stopping_metric_minimize=False.',
    maximized: '"{metric}" is better when lower, but early_stopping_metric_minimize is False: the worst model is kept as the best. Set early_stopping_metric_minimize=True.',
  },
  docs: {
    summary: "early_stopping_metric with early_stopping_metric_minimize the wrong way round.",
    why: `\`early_stopping_metric\` also decides which model is the best one, with early stopping on or off, and \`early_stopping_metric_minimize\` is \`True\` by default.
With a metric that is better when higher, the model with the *lowest* score is written to \`best_model_dir\`, and early stopping stops when the model gets
better.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(evaluate_during_training=True, early_stopping_metric="auroc")
model = ClassificationModel("roberta", "roberta-base", args=args)
`,
        good: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(evaluate_during_training=True, early_stopping_metric="auroc", early_stopping_metric_minimize=False)
model = ClassificationModel("roberta", "roberta-base", args=args)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/master/simpletransformers/classification/classification_model.py"],
    silent: "Where evaluate_during_training isn't certainly on, for the flag's value from outside, and for metrics whose direction the name doesn't tell.",
  },
  check({ script, report }) {
    for (const { model, read } of argumentSetsOf(script)) {
      const metric = read("early_stopping_metric");
      const name = stringOf(metric.value);
      if (name === undefined || metric.entry === NO_NODE || truthOf(read("evaluate_during_training").value) !== true) continue;
      const flag = read("early_stopping_metric_minimize");
      // Question answering is the one that maximizes by default.
      const minimizes = flag.value.kind === "absent" ? model !== "QuestionAnsweringModel" : truthOf(flag.value);
      const isWrong = minimizes === true ? HIGHER_IS_BETTER.has(name) : minimizes === false && LOWER_IS_BETTER.has(name);
      if (!isWrong) continue;
      report({
        message: minimizes ? "minimized" : "maximized",
        data: { metric: name, written: flag.value.kind === "absent" ? "True by default" : "True" },
        at: script.tree.span(metric.entry),
        fixes: fixesOf(script, metric, flag, minimizes ? "False" : "True"),
      });
    }
  },
});

function fixesOf(script: Script, metric: ModelArgument, flag: ModelArgument, value: string): Fix[] {
  const isWritten = flag.value.kind === "literal" && flag.node === flag.value.origin;
  const edit = isWritten ? replaceNode(script.tree, flag.node, value) : flag.value.kind === "absent" ? setBeside(script, metric.entry, "early_stopping_metric_minimize", value) : undefined;
  return edit ? [{ title: `Set \`early_stopping_metric_minimize\` to \`${value}\``, safety: "safe", edits: [edit] }] : [];
}
