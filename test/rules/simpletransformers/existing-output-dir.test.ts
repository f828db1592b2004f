import rule from "../../../server/src/rules/simpletransformers/existing-output-dir.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from simpletransformers.classification import ClassificationArgs, ClassificationModel\n";
const model = (args = "{}"): string => `${HEAD}m = ClassificationModel("bert", "b", args=${args})\n`;
const loop = (args: string, { over = "range(5)", before = "", after = "" } = {}): string =>
  `${HEAD}for fold in ${over}:\n    ${before}m = ClassificationModel("bert", "b", args=${args})\n    m.train_model(folds[fold])\n${after}`;

ruleTest(rule, {
  valid: [
    { name: "trained, then evaluated", code: `${model()}m.train_model(df)\nm.eval_model(e)\n` },
    { name: "overwriting", code: `${model('{"overwrite_output_dir": True}')}m.eval_model(e)\nm.train_model(df)\n` },
    { name: "the results go elsewhere", code: `${model()}m.eval_model(e, output_dir="before")\nm.train_model(df)\n` },
    { name: "the training goes elsewhere", code: `${model()}m.eval_model(e)\nm.train_model(df, output_dir="x")\n` },
    { name: "another model", code: `${model()}n = ClassificationModel("bert", "b")\nn.eval_model(e)\nm.train_model(df)\n` },
    { name: "only sometimes", code: `${model()}if baseline:\n    m.eval_model(e)\nm.train_model(df)\n` },
    { name: "a folder for each fold", code: loop('{"output_dir": f"out/{fold}"}') },
    { name: "a folder from outside", code: loop('{"output_dir": where(fold)}') },
    { name: "overwriting in a loop", code: loop('{"overwrite_output_dir": True}') },
    { name: "overwriting may come from outside", code: loop("settings") },
    { name: "nothing is saved", code: loop('{"no_save": True}') },
    { name: "one round", code: loop("{}", { over: "[0]" }) },
    { name: "the loop is left", code: `${HEAD}for name in names:\n    m = ClassificationModel("bert", name)\n    m.train_model(df)\n    break\n` },
    { name: "the folder is removed", code: `import shutil\n${loop("{}", { before: 'shutil.rmtree("outputs")\n    ' })}` },
    { name: "trained in some round", code: `${HEAD}for i in range(3):\n    m = ClassificationModel("bert", "b", args={})\n    if i == 0:\n        m.train_model(df)\n` },
    { name: "a function called in a loop", code: `${HEAD}def run(df):\n    m = ClassificationModel("bert", "b", args={})\n    m.train_model(df)\n` },
  ],
  invalid: [
    {
      name: "evaluated first",
      code: `${model('{"num_train_epochs": 2}')}m.eval_model(e)\nm.⟦train_model⟧(df)\n`,
      findings: [{ severity: "error", message: "eval_results.txt" }],
      unsafe: `${model('{"num_train_epochs": 2, "overwrite_output_dir": True}')}m.eval_model(e)\nm.train_model(df)\n`,
    },
    { name: "folds", code: loop("{}").replace("m.train_model", "m.⟦train_model⟧"), findings: [{ severity: "error", message: "The second" }] },
    { name: "one constant folder", code: loop('{"output_dir": "out"}', { over: "seeds" }).replace("m.train_model", "m.⟦train_model⟧"), findings: [{ severity: "error", message: "after the first training" }] },
  ],
});
