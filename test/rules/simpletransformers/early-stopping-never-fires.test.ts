import rule from "../../../server/src/rules/simpletransformers/early-stopping-never-fires.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from simpletransformers.classification import ClassificationArgs, ClassificationModel\n";
const trained = (args: string, more = ""): string =>
  `${HEAD}args = ClassificationArgs(${args})\n${more}model = ClassificationModel("bert", "b", args=args)\nmodel.train_model(df, eval_df=e)\n`;

ruleTest(rule, {
  valid: [
    { name: "epochs count", code: trained("use_early_stopping=True, evaluate_during_training=True, early_stopping_consider_epochs=True") },
    { name: "steps of one's own", code: trained("use_early_stopping=True, evaluate_during_training=True, evaluate_during_training_steps=100") },
    { name: "steps from outside", code: trained("use_early_stopping=True, evaluate_during_training=True, evaluate_during_training_steps=steps") },
    { name: "no early stopping", code: trained("use_early_stopping=False") },
    { name: "it isn't mentioned where it counts", code: trained("evaluate_during_training=True", "# use_early_stopping\n") },
    { name: "from outside", code: trained("use_early_stopping=stop") },
    { name: "evaluation from outside", code: trained("use_early_stopping=True, evaluate_during_training=do_eval") },
    { name: "evaluation is switched on later", code: trained("use_early_stopping=True", "args.evaluate_during_training = True\nargs.evaluate_during_training_steps = 50\n") },
    { name: "a splat may set it", code: trained("use_early_stopping=True, **more") },
    { name: "never trained in sight", code: `${HEAD}args = ClassificationArgs(use_early_stopping=True)\nmodel = ClassificationModel("bert", "b", args=args)\nmodel.predict(texts)\n` },
    { name: "train_model(args=...) switches it on", code: `${HEAD}model = ClassificationModel("bert", "b", args={"use_early_stopping": True})\nmodel.train_model(df, eval_df=e, args={"evaluate_during_training": True, "evaluate_during_training_steps": 50})\n` },
  ],
  invalid: [
    { name: "no evaluation at all", code: trained("⟦use_early_stopping=True⟧"), findings: [{ severity: "warning", message: "not set" }] },
    { name: "evaluation off, in a dict", code: `${HEAD}model = ClassificationModel("bert", "b", args={⟦"use_early_stopping": True⟧, "evaluate_during_training": False})\nmodel.train_model(df)\n`, findings: [{ severity: "warning", message: "is False" }] },
    {
      name: "the default steps",
      code: trained("evaluate_during_training=True, ⟦use_early_stopping=True⟧"),
      findings: [{ severity: "warning", message: "under 10000 steps" }],
      unsafe: trained("evaluate_during_training=True, use_early_stopping=True, early_stopping_consider_epochs=True"),
    },
    { name: "patience counts", code: trained("evaluate_during_training=True, early_stopping_patience=1, ⟦use_early_stopping=True⟧"), findings: [{ severity: "warning", message: "under 6000 steps" }] },
    {
      name: "no evaluation by steps, by attributes",
      code: trained("", "args.evaluate_during_training = True\nargs.evaluate_during_training_steps = -1\n⟦args.use_early_stopping = True⟧\n"),
      findings: [{ severity: "warning", message: "evaluate_during_training_steps=-1" }],
    },
  ],
});
