import rule from "../../../server/src/rules/simpletransformers/ignored-save-flag.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from simpletransformers.classification import ClassificationArgs, ClassificationModel\n";
const trained = (args: string, after = ""): string => `${HEAD}a = ClassificationArgs(${args})\nm = ClassificationModel("bert", "b", args=a)\nm.train_model(df, eval_df=e)\n${after}`;

ruleTest(rule, {
  valid: [
    { name: "Seq2Seq reads it", code: `from simpletransformers.seq2seq import Seq2SeqArgs, Seq2SeqModel\na = Seq2SeqArgs(save_best_model=False)\nm = Seq2SeqModel("bart", "x", "y", args=a)\nm.train_model(df)\n` },
    { name: "not set", code: trained("evaluate_during_training=True") },
    { name: "no_save without evaluation", code: trained("no_save=True") },
    { name: "no_save from outside", code: trained("no_save=dry, evaluate_during_training=True") },
    { name: "saved by hand", code: trained("no_save=True, evaluate_during_training=True", 'm.save_model("mine")\n') },
    { name: "no_save is off", code: trained("no_save=False, evaluate_during_training=True") },
  ],
  invalid: [
    { name: "never read", code: trained("⟦save_best_model=False⟧"), findings: [{ severity: "information", message: "never reads save_best_model" }] },
    { name: "NER, by attribute", code: `from simpletransformers.ner import NERArgs, NERModel\na = NERArgs()\n⟦a.save_best_model = True⟧\nNERModel("bert", "b", args=a)\n`, findings: [{ severity: "information", message: "NERModel" }] },
    { name: "nothing is kept", code: trained("⟦no_save=True⟧, evaluate_during_training=True"), findings: [{ severity: "information", message: "written nowhere" }] },
  ],
});
