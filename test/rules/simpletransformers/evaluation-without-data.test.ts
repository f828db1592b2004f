import rule from "../../../server/src/rules/simpletransformers/evaluation-without-data.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from simpletransformers.classification import ClassificationArgs, ClassificationModel\n`;
const train = (args: string, call: string): string => `${HEAD}args = ClassificationArgs(${args})\nmodel = ClassificationModel("bert", "b", args=args)\nmodel.train_model(${call})\n`;

ruleTest(rule, {
  valid: [
    { name: "both", code: train("evaluate_during_training=True", "df, eval_df=e") },
    { name: "both, by the newer name", code: train("evaluate_during_training=True", "df, eval_data=e") },
    { name: "neither", code: train("", "df") },
    { name: "the data may come", code: train("evaluate_during_training=True", "df, **more") },
    { name: "by position", code: train("evaluate_during_training=True", "df, False, None, True, None, e") },
    { name: "the flag from outside", code: train("evaluate_during_training=cli.evaluate", "df") },
    { name: "the flag for this training", code: train("", 'df, args={"evaluate_during_training": True}, eval_df=e') },
    { name: "args from somewhere", code: `${HEAD}model = ClassificationModel("bert", "b", args=load())\nmodel.train_model(df, eval_df=e)\n` },
    { name: "None is no data", code: train("", "df, eval_df=None") },
    { name: "ConvAI brings its own", code: `from simpletransformers.conv_ai import ConvAIModel\nm = ConvAIModel("gpt", "g", args={"evaluate_during_training": True})\nm.train_model()\n` },
  ],
  invalid: [
    { name: "no data", code: train("evaluate_during_training=True", "df").replace("train_model", "⟦train_model⟧"), findings: one("error", "gets no eval_df") },
    { name: "switched on later, in a dict", code: `from simpletransformers.ner import NERModel\nm = NERModel("bert", "b", args={"num_train_epochs": 1})\nm.args.evaluate_during_training = True\nm.⟦train_model⟧(df)\n`, findings: one("error", "gets no eval_data") },
    { name: "for this training", code: train("", 'df, args={"evaluate_during_training": True}').replace("train_model", "⟦train_model⟧"), findings: one("error", "gets no eval_df") },
    { name: "the flag is missing", code: train("", "df, ⟦eval_df=e⟧"), findings: one("warning", "evaluate_during_training is not set") },
    { name: "the flag is off", code: train("evaluate_during_training=False", "df, ⟦eval_df=e⟧"), findings: one("warning", "is False"), unsafe: train("evaluate_during_training=True", "df, eval_df=e") },
  ],
});
