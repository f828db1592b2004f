import rule from "../../../server/src/rules/simpletransformers/ignored-output-dir.js";
import { ruleTest } from "../../support/ruleTest.js";

const model = (args: string, train: string): string => `from simpletransformers.classification import ClassificationModel\nm = ClassificationModel("bert", "b", args=${args})\nm.train_model(df${train})\n`;

ruleTest(rule, {
  valid: [
    { name: "on the args", code: model('{"output_dir": "a"}', "") },
    { name: "both", code: model('{"output_dir": "a"}', ', output_dir="a"') },
    { name: "the default", code: model("{}", ', output_dir="outputs/"') },
    { name: "from outside", code: model("settings", ', output_dir="a"') },
    { name: "nothing is saved", code: model('{"no_save": True}', ', output_dir="a"') },
    { name: "saved by hand", code: `${model("{}", ', output_dir="a"')}m.save_model("a")\n` },
    { name: "another model", code: `from simpletransformers.ner import NERModel\nm = NERModel("bert", "b")\nm.train_model(df, output_dir="a")\n` },
  ],
  invalid: [
    { name: "given to train_model alone", code: model("{}", ', ⟦output_dir="a"⟧'), findings: [{ severity: "warning", message: "the final model goes to" }] },
  ],
});
