import rule from "../../../server/src/rules/simpletransformers/unknown-argument.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from simpletransformers.classification import ClassificationArgs, ClassificationModel\n";
const written = (line: string): string => `${HEAD}args = ClassificationArgs()\n${line}\nmodel = ClassificationModel("roberta", "roberta-base", args=args)\n`;
const dict = (entries: string): string => `${HEAD}model = ClassificationModel("roberta", "roberta-base", args={${entries}})\n`;
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "fields", code: written("args.num_train_epochs = 3\nargs.train_batch_size = 8") },
    { name: "keys", code: dict(`"num_train_epochs": 3, "overwrite_output_dir": True`) },
    { name: "constructor", code: `${HEAD}ClassificationArgs(num_train_epochs=3)\n` },
    { name: "an attribute that the script reads", code: written("args.run_label = 'a'\nprint(args.run_label)") },
    { name: "a private name", code: written("args._note = 1") },
    { name: "generation has a max_length", code: "from simpletransformers.t5 import T5Args\nargs = T5Args()\nargs.max_length = 20\n" },
    { name: "a metric for train_model", code: `${HEAD}m = ClassificationModel("a", "b")\nm.train_model(df, f1=score)\n` },
    { name: "a class of the script's own", code: `${HEAD}class Args(ClassificationArgs):\n    epochs: int = 1\na = Args()\na.epochs = 3\n` },
    { name: "the model's own attributes", code: `${HEAD}m = ClassificationModel("a", "b")\nm.note = 3\nm.args.num_train_epochs = 3\n` },
    { name: "unknown arguments", code: `${HEAD}m = ClassificationModel("a", "b", args=load())\n` },
  ],
  invalid: [
    { name: "Hugging Face's name", code: written("args.⟦per_device_train_batch_size⟧ = 8"), findings: one("warning", "Did you mean train_batch_size?"), fixed: written("args.train_batch_size = 8") },
    { name: "in the dict", code: dict(`'⟦⟧epochs': 3`).replace("'⟦⟧epochs'", "⟦'epochs'⟧"), findings: one("warning", "never read"), fixed: dict(`'num_train_epochs': 3`) },
    { name: "a key with a slip", code: dict(`⟦"num_train_epoch"⟧: 3`), findings: one("warning", "num_train_epochs"), fixed: dict(`"num_train_epochs": 3`) },
    { name: "written to model.args", code: `${HEAD}m = ClassificationModel("a", "b")\nm.args.⟦lr⟧ = 3\n`, findings: one("warning", "learning_rate"), fixed: `${HEAD}m = ClassificationModel("a", "b")\nm.args.learning_rate = 3\n` },
    { name: "the constructor raises", code: `${HEAD}ClassificationArgs(⟦num_epochs⟧=3)\n`, findings: one("error", "raises TypeError"), fixed: `${HEAD}ClassificationArgs(num_train_epochs=3)\n` },
    { name: "belongs to the model", code: written("args.⟦num_labels⟧ = 3"), findings: one("warning", "model's constructor") },
    { name: "no counterpart", code: dict(`⟦"save_total_limit"⟧: 3`), findings: one("warning", "keeps all checkpoints") },
  ],
});
