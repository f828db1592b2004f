import rule from "../../../server/src/rules/simpletransformers/shared-best-model-dir.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from simpletransformers.classification import ClassificationArgs, ClassificationModel\n";
const trained = (args: string, more = ""): string =>
  `${HEAD}args = ClassificationArgs(${args})\n${more}model = ClassificationModel("bert", "b", args=args)\nmodel.train_model(df, eval_df=e)\n`;

ruleTest(rule, {
  valid: [
    { name: "both set", code: trained('output_dir="a", best_model_dir="a/best", evaluate_during_training=True') },
    { name: "derived later", code: trained('output_dir="a", evaluate_during_training=True', 'args.best_model_dir = "{}/best_model".format(args.output_dir)\n') },
    { name: "neither set", code: trained("evaluate_during_training=True") },
    { name: "the default written out", code: trained('output_dir="outputs/", evaluate_during_training=True') },
    { name: "nothing is evaluated", code: trained('output_dir="a"') },
    { name: "nothing is saved", code: trained('output_dir="a", evaluate_during_training=True, no_save=True') },
    { name: "the script knows where it is", code: `${trained('output_dir="a", evaluate_during_training=True')}best = ClassificationModel("bert", "outputs/best_model")\n` },
    { name: "evaluation from outside", code: trained('output_dir="a", evaluate_during_training=flag') },
    { name: "more arguments from outside", code: trained('output_dir="a", evaluate_during_training=True, **more') },
  ],
  invalid: [
    {
      name: "in the constructor",
      code: trained('⟦output_dir="a/"⟧, evaluate_during_training=True'),
      findings: [{ severity: "warning", message: "outputs/best_model" }],
      unsafe: trained('output_dir="a/", best_model_dir="a/best_model", evaluate_during_training=True'),
    },
    { name: "an f-string", code: trained("evaluate_during_training=True", '⟦args.output_dir = f"runs/{seed}"⟧\n'), findings: [{ severity: "warning", message: "follow output_dir" }] },
    { name: "a dict", code: `${HEAD}m = ClassificationModel("bert", "b", args={⟦"output_dir": "a"⟧, "evaluate_during_training": True})\nm.train_model(df, eval_df=e)\n`, findings: [{ severity: "warning", message: "every run" }] },
  ],
});
