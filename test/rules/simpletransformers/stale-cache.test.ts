import rule from "../../../server/src/rules/simpletransformers/stale-cache.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from simpletransformers.classification import ClassificationModel\n";
const made = (args: string): string => `${HEAD}m = ClassificationModel("bert", "b", args={${args}})\n`;
const KEPT = '"reprocess_input_data": False';
const two = (args: string, first = "a_df", second = "⟦b_df⟧"): string => `${made(args)}m.eval_model(${first})\nm.eval_model(${second})\n`;
const fine = (args: string, first = "a_df", second = "b_df"): string => two(args, first, second);
const folds = (args: string, data = "fold"): string => `${HEAD}for fold in folds:\n    m = ClassificationModel("bert", "b", args={${args}})\n    m.⟦train_model⟧(${data})\n`;

ruleTest(rule, {
  valid: [
    { name: "reprocessed", code: fine('"reprocess_input_data": True') },
    { name: "the default", code: fine('"num_train_epochs": 1') },
    { name: "the same data", code: fine(KEPT, "a_df", "a_df") },
    { name: "the same data under another name", code: `${made(KEPT)}a_df = read()\nb_df = a_df\nm.eval_model(a_df)\nm.eval_model(b_df)\n` },
    { name: "no cache", code: fine(`${KEPT}, "no_cache": True`) },
    { name: "a flag from outside", code: fine('"reprocess_input_data": flag') },
    { name: "args from outside", code: fine(`${KEPT}, **more`).replace(KEPT, '"x": 1') },
    { name: "sliding windows", code: fine(`${KEPT}, "sliding_window": True`) },
    { name: "one or the other", code: `${made(KEPT)}if tests:\n    m.eval_model(a_df)\nelse:\n    m.eval_model(b_df)\n` },
    { name: "another model", code: `${made(KEPT)}other = ClassificationModel("bert", "c")\nm.eval_model(a_df)\nother.eval_model(b_df)\n` },
    { name: "before 0.61", code: fine(KEPT), versions: { simpletransformers: "0.60.9" } },
    { name: "cached evaluations, trained on other data", code: `${made('"use_cached_eval_features": True')}m.train_model(a_df)\nm.eval_model(b_df)\n` },
    { name: "not evaluated during training", code: `${made(KEPT)}m.train_model(a_df, eval_df=b_df)\nm.eval_model(c_df)\n` },
    { name: "folds, each with its cache", code: folds(`${KEPT}, "cache_dir": f"cache/{fold}"`).replace(/[⟦⟧]/g, "") },
    { name: "rounds over the same data", code: folds(KEPT, "df").replace(/[⟦⟧]/g, "") },
    { name: "the same data under two names", code: `from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "b", args={"reprocess_input_data": False})\ndev = load()\ntest = dev\nmodel.eval_model(dev)\nmodel.eval_model(test)\n` },
    { name: "another model's evaluation", code: `from simpletransformers.classification import ClassificationModel\na = ClassificationModel("bert", "b", args={"reprocess_input_data": False})\nb = ClassificationModel("bert", "b")\na.eval_model(dev)\nb.eval_model(test)\n` },
    { name: "on either way", code: `from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "b", args={"reprocess_input_data": False})\nif cli.test:\n    model.eval_model(test)\nelse:\n    model.eval_model(dev)\n` },
    { name: "the same data in every round", code: `from simpletransformers.classification import ClassificationModel\ntrain = load()\nfor seed in range(3):\n    model = ClassificationModel("bert", "b", args={"reprocess_input_data": False, "manual_seed": seed})\n    model.train_model(train)\n` },
    { name: "a folder for each round", code: `from simpletransformers.classification import ClassificationModel\nfor i, part in enumerate(parts):\n    model = ClassificationModel("bert", "b", args={"reprocess_input_data": False, "cache_dir": f"cache/{i}"})\n    model.train_model(part)\n` },
    { name: "no cache", code: `from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "b", args={"reprocess_input_data": False, "no_cache": True})\nmodel.eval_model(dev)\nmodel.eval_model(test)\n` },
  ],
  invalid: [
    { name: "two evaluations", code: two(KEPT), findings: [{ severity: "warning", message: "uses the features of a_df, not of b_df" }], unsafe: fine('"reprocess_input_data": True') },
    { name: "cached evaluations", code: two('"use_cached_eval_features": True'), findings: [{ severity: "warning", message: "use_cached_eval_features=True" }], unsafe: fine('"use_cached_eval_features": False') },
    { name: "during training and after", code: `${made(`${KEPT}, "evaluate_during_training": True`)}m.train_model(t, eval_df=a_df)\nm.eval_model(⟦b_df⟧)\n`, findings: [{ severity: "warning", message: "features of a_df" }] },
    { name: "parts of a dict", code: two(KEPT, 'd["dev"]', '⟦d["test"]⟧'), findings: [{ severity: "warning", message: "eval_model() here" }] },
    { name: "folds", code: folds(KEPT), findings: [{ severity: "warning", message: "every round trains on the features of the first" }] },
    { name: "folds made in the loop", code: `${HEAD}for i in range(5):\n    part = df[df.fold != i]\n    m = ClassificationModel("bert", "b", args={${KEPT}})\n    m.⟦train_model⟧(part)\n`, findings: [{ severity: "warning", message: "every round" }] },
  ],
});
