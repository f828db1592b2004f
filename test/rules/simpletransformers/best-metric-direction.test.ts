import rule from "../../../server/src/rules/simpletransformers/best-metric-direction.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from simpletransformers.classification import ClassificationArgs, ClassificationModel\n`;
const built = (args: string): string => `${HEAD}args = ClassificationArgs(${args})\nmodel = ClassificationModel("bert", "b", args=args)\n`;

ruleTest(rule, {
  valid: [
    { name: "maximized", code: built('evaluate_during_training=True, early_stopping_metric="mcc", early_stopping_metric_minimize=False') },
    { name: "a loss, minimized by default", code: built('evaluate_during_training=True, early_stopping_metric="eval_loss"') },
    { name: "no evaluation during the training", code: built('early_stopping_metric="mcc"') },
    { name: "a metric of one's own", code: built('evaluate_during_training=True, early_stopping_metric="my_score"') },
    { name: "the flag from outside", code: built('evaluate_during_training=True, early_stopping_metric="mcc", early_stopping_metric_minimize=cli.minimize') },
    { name: "the flag is written later", code: `${built('evaluate_during_training=True, early_stopping_metric="mcc"')}model.args.early_stopping_metric_minimize = False\nmodel.train_model(df, eval_df=e)\n` },
    { name: "question answering maximizes by default", code: `from simpletransformers.question_answering import QuestionAnsweringArgs, QuestionAnsweringModel\na = QuestionAnsweringArgs(evaluate_during_training=True, early_stopping_metric="correct")\nQuestionAnsweringModel("bert", "b", args=a)\n` },
    { name: "own args class", code: `import simpletransformers\nclass ClassificationArgs: ...\na = ClassificationArgs()\na.evaluate_during_training = True\na.early_stopping_metric = "mcc"\n` },
    { name: "an unknown splat", code: `${HEAD}args = ClassificationArgs(evaluate_during_training=True, early_stopping_metric="mcc", **more)\n` },
  ],
  invalid: [
    { name: "in the constructor", code: built('evaluate_during_training=True, ⟦early_stopping_metric="auroc"⟧'), findings: one("warning", "better when higher"), fixed: built('evaluate_during_training=True, early_stopping_metric="auroc", early_stopping_metric_minimize=False') },
    {
      name: "by attributes",
      code: `${HEAD}a = ClassificationArgs()\na.evaluate_during_training = True\n⟦a.early_stopping_metric = "mcc"⟧\nClassificationModel("bert", "b", args=a)\n`,
      findings: one("warning", "True by default"),
      fixed: `${HEAD}a = ClassificationArgs()\na.evaluate_during_training = True\na.early_stopping_metric = "mcc"\na.early_stopping_metric_minimize = False\nClassificationModel("bert", "b", args=a)\n`,
    },
    {
      name: "in a dict",
      code: `${HEAD}options = {"evaluate_during_training": True, ⟦"early_stopping_metric": "f1"⟧}\nClassificationModel("bert", "b", args=options)\n`,
      findings: one("warning", "worst model is kept"),
      fixed: `${HEAD}options = {"evaluate_during_training": True, "early_stopping_metric": "f1", "early_stopping_metric_minimize": False}\nClassificationModel("bert", "b", args=options)\n`,
    },
    { name: "a loss, maximized", code: built('evaluate_during_training=True, ⟦early_stopping_metric="eval_loss"⟧, early_stopping_metric_minimize=False'), findings: one("warning", "better when lower"), fixed: built('evaluate_during_training=True, early_stopping_metric="eval_loss", early_stopping_metric_minimize=True') },
  ],
});
