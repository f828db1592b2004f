import rule from "../../../server/src/rules/simpletransformers/last-model-evaluated.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from simpletransformers.classification import ClassificationArgs, ClassificationModel\n";
const trained = (args: string, after: string): string => `${HEAD}a = ClassificationArgs(${args})\nm = ClassificationModel("bert", "b", args=a)\nm.train_model(df, eval_df=e)\n${after}`;

ruleTest(rule, {
  valid: [
    { name: "built again", code: trained("evaluate_during_training=True", `m = ClassificationModel("bert", a.best_model_dir)\nm.eval_model(test)\n`) },
    { name: "no best model", code: trained("", "m.eval_model(test)\n") },
    { name: "evaluation from outside", code: trained("evaluate_during_training=flag", "m.eval_model(test)\n") },
    { name: "evaluated before", code: `${HEAD}m = ClassificationModel("bert", "b", args={"evaluate_during_training": True, "overwrite_output_dir": True})\nm.eval_model(test)\nm.train_model(df, eval_df=e)\n` },
    { name: "nothing is saved", code: trained("evaluate_during_training=True, no_save=True", "m.eval_model(test)\n") },
    { name: "trained only sometimes", code: `${HEAD}m = ClassificationModel("bert", "b", args={"evaluate_during_training": True})\nif train:\n    m.train_model(df, eval_df=e)\nm.eval_model(test)\n` },
  ],
  invalid: [
    { name: "evaluated after", code: trained("evaluate_during_training=True", "r, o, w = m.⟦eval_model⟧(test)\n"), findings: [{ severity: "information", message: "eval_model() uses the weights of the last step" }] },
    { name: "the first of two", code: trained("evaluate_during_training=True", "m.⟦predict⟧(texts)\nm.eval_model(test)\n"), findings: [{ severity: "information", message: "predict()" }] },
  ],
});
