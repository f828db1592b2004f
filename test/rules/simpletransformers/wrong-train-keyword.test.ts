import rule from "../../../server/src/rules/simpletransformers/wrong-train-keyword.js";
import { ruleTest } from "../../support/ruleTest.js";

const made = (kind: string, module: string, on = true): string =>
  `from simpletransformers.${module} import ${kind}Model\nm = ${kind}Model("x", "y", args={"evaluate_during_training": ${on ? "True" : "False"}})\n`;
const classification = (on = true): string => made("Classification", "classification", on);
const NEW = { versions: { simpletransformers: "0.70.5" } };
const OLD = { versions: { simpletransformers: "0.64.3" } };

ruleTest(rule, {
  valid: [
    { name: "classification", code: `${classification()}m.train_model(df, eval_df=e)\n` },
    { name: "classification, the new name where it exists", ...NEW, code: `${classification()}m.train_model(df, eval_data=e)\n` },
    { name: "T5", code: `${made("T5", "t5")}m.train_model(df, eval_data=e)\n` },
    { name: "NER tolerates the other name", code: `${made("NER", "ner")}m.train_model(df, eval_df=e)\n` },
    { name: "language modeling", code: `${made("LanguageModeling", "language_modeling")}m.train_model("t.txt", eval_file="e.txt")\n` },
    { name: "nothing is evaluated", code: `${made("T5", "t5", false)}m.train_model(df, eval_df=e)\n` },
    { name: "a splat may bring it", code: `${made("T5", "t5")}m.train_model(df, eval_df=e, **more)\n` },
    { name: "metrics", code: `${classification()}m.train_model(df, eval_df=e, acc=accuracy, f1=lambda y, p: 1.0)\n` },
    { name: "a metric by the name of a setting", code: `${classification()}m.train_model(df, eval_df=e, threshold=measure)\n` },
    { name: "its own parameters", code: `${classification()}m.train_model(df, True, "out", eval_df=e, show_running_loss=False, verbose=False)\n` },
    { name: "the output folder by position", code: `${made("T5", "t5")}m.train_model(df, "out", eval_data=e)\n` },
    { name: "a dict of settings", code: `${classification()}m.train_model(df, eval_df=e, args={"num_train_epochs": 3})\n` },
    { name: "another class's method", code: `import simpletransformers\nclass T5Model:\n    def train_model(self, a, b): ...\nm = T5Model()\nm.train_model(df, eval_df)\n` },
    { name: "the second is a name that says nothing", code: `${made("T5", "t5")}m.train_model(df, folder, eval_data=e)\n` },
  ],
  invalid: [
    { name: "T5 with eval_df", code: `${made("T5", "t5")}m.train_model(df, ⟦eval_df⟧=e)\n`, findings: [{ severity: "error", message: "Its evaluation data are eval_data." }], fixed: `${made("T5", "t5")}m.train_model(df, eval_data=e)\n` },
    { name: "language modeling with eval_df", code: `${made("LanguageModeling", "language_modeling")}m.train_model("t.txt", ⟦eval_df⟧="e.txt")\n`, findings: [{ severity: "error", message: "Its evaluation data are eval_file." }], fixed: `${made("LanguageModeling", "language_modeling")}m.train_model("t.txt", eval_file="e.txt")\n` },
    { name: "classification, the new name before it existed", ...OLD, code: `${classification()}m.train_model(df, ⟦eval_data⟧=e)\n`, findings: [{ severity: "error", message: "from simpletransformers 0.70.2" }], fixed: `${classification()}m.train_model(df, eval_df=e)\n` },
    { name: "classification, the version unknown", code: `${classification()}m.train_model(df, ⟦eval_data⟧=e)\n`, findings: [{ severity: "warning", message: "0.70.2" }], fixed: `${classification()}m.train_model(df, eval_df=e)\n` },
    { name: "several labels each", ...NEW, code: `${made("MultiLabelClassification", "classification")}m.train_model(df, ⟦eval_data⟧=e)\n`, findings: [{ severity: "error", message: "TypeError" }], fixed: `${made("MultiLabelClassification", "classification")}m.train_model(df, eval_df=e)\n` },
    { name: "by position", code: `${classification()}m.train_model(train_df, ⟦eval_df⟧)\n`, findings: [{ severity: "error", message: "is multi_label" }], fixed: `${classification()}m.train_model(train_df, eval_df=eval_df)\n` },
    { name: "by position, nothing evaluated", code: `${classification(false)}m.train_model(train_df, ⟦val_df⟧)\n`, findings: [{ severity: "warning", message: "eval_df=val_df" }], fixed: `${classification(false)}m.train_model(train_df, eval_df=val_df)\n`, leaves: "findings" },
    { name: "T5 by position", code: `${made("T5", "t5")}m.train_model(train_df, ⟦eval_df⟧)\n`, findings: [{ severity: "error", message: "is output_dir" }], fixed: `${made("T5", "t5")}m.train_model(train_df, eval_data=eval_df)\n` },
    { name: "a setting", code: `${classification(false)}m.train_model(df, ⟦num_train_epochs=3⟧)\n`, findings: [{ severity: "warning", message: "ignored" }] },
    { name: "a setting that is called", code: `${classification()}m.train_model(df, eval_df=e, ⟦num_train_epochs=3⟧)\n`, findings: [{ severity: "error", message: "calling 3" }] },
    { name: "an object of the args class", code: `from simpletransformers.classification import ClassificationArgs\n${classification()}m.train_model(df, eval_df=e, ⟦args=ClassificationArgs()⟧)\n`, findings: [{ severity: "error", message: "takes a dict" }] },
  ],
});
