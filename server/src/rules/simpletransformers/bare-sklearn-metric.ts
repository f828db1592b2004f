import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import { numberOf } from "../../script/values.js";
import { argumentSetsOf } from "./argumentSets.js";
import { isOn } from "./flags.js";

/** Metrics of scikit-learn whose `average="binary"` refuses more than two classes. */
const BINARY = /^sklearn\.metrics\.(?:\w+\.)?(?:f1_score|precision_score|recall_score|jaccard_score)$/;

export default defineRule({
  id: "simpletransformers/bare-sklearn-metric",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["f1_score", "precision_score", "recall_score", "jaccard_score"],
  messages: {
    binary: '{metric} is binary unless it is told an average: with {labels} labels raises ValueError {when}. Pass lambda y, p: {metric}(y, p, average="macro").',
  },
  docs: {
    summary: "A scikit-learn metric for two classes, with a model that has more.",
    why: `simpletransformers calls a metric function as \`metric(labels, predictions)\`. \`f1_score\`, \`precision_score\`, \`recall_score\` and \`jaccard_score\` are then binary and raise
\`ValueError: Target is multiclass but average='binary'\` at the first evaluation, after the training up to it has been paid for.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationModel
from sklearn.metrics import f1_score

model = ClassificationModel("roberta", "roberta-base", num_labels=4)
result, outputs, wrong = model.eval_model(test_df, f1=f1_score)
`,
        good: `from simpletransformers.classification import ClassificationModel
from sklearn.metrics import f1_score

model = ClassificationModel("roberta", "roberta-base", num_labels=4)
result, outputs, wrong = model.eval_model(test_df, f1=lambda y, p: f1_score(y, p, average="macro"))
`,
      },
    ],
    references: ["https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html"],
    silent: "For two labels, for numbers of labels from outside, and for functions of the script's own.",
  },
  check({ script, report }) {
    const seen = new Set<Call>();
    const tell = (call: Call, labels: number, when: string): void => {
      for (const { value, node } of call.keywords.values()) {
        if (value.kind !== "reference" || !BINARY.test(value.name)) continue;
        const metric = script.tree.textOf(node);
        const edits = [replaceNode(script.tree, node, `lambda y, p: ${metric}(y, p, average="macro")`)];
        report({ message: "binary", data: { metric, labels, when }, at: script.tree.span(node), raises: "ValueError", fixes: [{ title: "Average over the classes", safety: "unsafe", edits }] });
      }
    };
    for (const { model, constructor, train, read } of argumentSetsOf(script)) {
      const labels = numberOf(constructor?.value("num_labels") ?? { kind: "absent" });
      if (model !== "ClassificationModel" || !constructor || labels === undefined || labels <= 2 || isOn(read("regression"), false) !== false) continue;
      if (train && isOn(read("evaluate_during_training"), false) === true) tell(train, labels, "at the first evaluation");
      const made = script.evaluate(constructor.node, constructor.frame);
      for (const call of script.callsOfMethod("eval_model")) {
        const isIt = made.kind === "instance" && call.receiver?.kind === "instance" && call.receiver.object === made.object;
        if (!isIt || seen.has(call)) continue;
        seen.add(call);
        tell(call, labels, "here");
      }
    }
  },
});
