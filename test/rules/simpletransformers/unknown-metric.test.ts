import rule from "../../../server/src/rules/simpletransformers/unknown-metric.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from simpletransformers.classification import ClassificationArgs, ClassificationModel\n`;
const run = (metric: string, labels = ", num_labels=3", more = "", args = ""): string =>
  `${HEAD}args = ClassificationArgs(evaluate_during_training=True${args})\nargs.early_stopping_metric = "${metric}"\nmodel = ClassificationModel("bert", "b", args=args${labels})\nmodel.train_model(df, eval_df=e${more})\n`;
const marked = (code: string): string => code.replace(/^args\.early_stopping_metric.*$/m, "⟦$&⟧");

ruleTest(rule, {
  valid: [
    { name: "mcc", code: run("mcc") },
    { name: "two labels have more", code: run("auroc", ", num_labels=2") },
    { name: "the number of labels isn't known", code: run("auroc", "") },
    { name: "a metric function", code: run("f1", ", num_labels=3", ", f1=my_f1") },
    { name: "functions may come", code: run("f1", ", num_labels=3", ", **metrics") },
    { name: "accuracy from 0.70", code: run("accuracy", ""), versions: { simpletransformers: "0.70.5" } },
    { name: "not evaluated", code: run("nonsense").replace("evaluate_during_training=True", "") },
    { name: "another model", code: `from simpletransformers.t5 import T5Model\nm = T5Model("t5", "t", args={"evaluate_during_training": True, "early_stopping_metric": "bleu"})\nm.train_model(df, eval_data=e)\n` },
    { name: "from outside", code: run("mcc").replace('"mcc"', "cli.metric") },
  ],
  invalid: [
    { name: "only for two labels", code: marked(run("auroc")), findings: one("error", 'computes "auroc"') },
    { name: "a Trainer's name", code: marked(run("eval_f1", "")), findings: one("error", "raises KeyError") },
    { name: "regression", code: marked(run("mcc", ", num_labels=1", "", ", regression=True")), findings: one("error", "eval_loss") },
    { name: "not yet", code: marked(run("accuracy", "")), versions: { simpletransformers: "0.64.5" }, findings: one("error", "from simpletransformers 0.70") },
    { name: "multi-label", code: `from simpletransformers.classification import MultiLabelClassificationModel\nm = MultiLabelClassificationModel("bert", "b", args={"evaluate_during_training": True, ⟦"early_stopping_metric": "mcc"⟧})\nm.train_model(df, eval_df=e)\n`, findings: one("error", "LRAP") },
  ],
});
