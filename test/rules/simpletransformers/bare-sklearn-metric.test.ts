import rule from "../../../server/src/rules/simpletransformers/bare-sklearn-metric.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from simpletransformers.classification import ClassificationModel\nfrom sklearn.metrics import f1_score, accuracy_score\n";
const model = (labels: string, more = ""): string => `${HEAD}m = ClassificationModel("bert", "b"${labels}${more})\n`;

ruleTest(rule, {
  valid: [
    { name: "two labels", code: `${model(", num_labels=2")}m.eval_model(df, f1=f1_score)\n` },
    { name: "labels not told", code: `${model("")}m.eval_model(df, f1=f1_score)\n` },
    { name: "labels from outside", code: `${model(", num_labels=n")}m.eval_model(df, f1=f1_score)\n` },
    { name: "averaged", code: `${model(", num_labels=4")}m.eval_model(df, f1=lambda y, p: f1_score(y, p, average="macro"))\n` },
    { name: "accuracy", code: `${model(", num_labels=4")}m.eval_model(df, acc=accuracy_score)\n` },
    { name: "trained without evaluating", code: `${model(", num_labels=4")}m.train_model(df, f1=f1_score)\n` },
    { name: "several labels each", code: `from simpletransformers.classification import MultiLabelClassificationModel\nfrom sklearn.metrics import f1_score\nm = MultiLabelClassificationModel("bert", "b", num_labels=4)\nm.eval_model(df, f1=f1_score)\n` },
    { name: "a function of the script's own", code: `from simpletransformers.classification import ClassificationModel\ndef f1_score(y, p): return 1.0\nm = ClassificationModel("bert", "b", num_labels=4)\nm.eval_model(df, f1=f1_score)\n` },
  ],
  invalid: [
    { name: "evaluated", code: `${model(", num_labels=4")}m.eval_model(df, f1=⟦f1_score⟧)\n`, findings: [{ severity: "error", message: "with 4 labels" }], unsafe: `${model(", num_labels=4")}m.eval_model(df, f1=lambda y, p: f1_score(y, p, average="macro"))\n` },
    { name: "during the training", code: `${model(", num_labels=3", ', args={"evaluate_during_training": True}')}m.train_model(df, eval_df=e, f1=⟦f1_score⟧)\n`, findings: [{ severity: "error", message: "at the first evaluation" }] },
  ],
});
