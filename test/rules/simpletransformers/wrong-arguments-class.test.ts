import rule from "../../../server/src/rules/simpletransformers/wrong-arguments-class.js";
import { ruleTest } from "../../support/ruleTest.js";

ruleTest(rule, {
  valid: [
    { name: "its own class", code: `from simpletransformers.ner import NERArgs, NERModel\na = NERArgs()\nNERModel("bert", "b", args=a)\n` },
    { name: "a dict", code: `from simpletransformers.ner import NERModel\nNERModel("bert", "b", args={"num_train_epochs": 1})\n` },
    { name: "a class that derives from it", code: `from simpletransformers.classification import ClassificationModel, MultiLabelClassificationArgs\nClassificationModel("bert", "b", args=MultiLabelClassificationArgs())\n` },
    { name: "from outside", code: `from simpletransformers.ner import NERModel\nNERModel("bert", "b", args=load_args())\n` },
    { name: "no arguments", code: `from simpletransformers.ner import NERModel\nNERModel("bert", "b")\n` },
    { name: "a class of the script's own", code: `from simpletransformers.config.model_args import NERArgs\nfrom simpletransformers.ner import NERModel\nclass MyArgs(NERArgs): ...\nNERModel("bert", "b", args=MyArgs())\n` },
    { name: "a model of the script's own", code: `from simpletransformers.config.model_args import ModelArgs\nclass NERModel: ...\nNERModel("bert", "b", args=ModelArgs())\n` },
  ],
  invalid: [
    {
      name: "the base class",
      code: `from simpletransformers.ner import NERModel\nfrom simpletransformers.config.model_args import ModelArgs\na = ModelArgs(num_train_epochs=3)\nNERModel("bert", "b", ⟦args=a⟧)\n`,
      findings: [{ severity: "warning", message: "NERModel takes a dict or NERArgs: ModelArgs" }],
      fixed: `from simpletransformers.ner import NERModel, NERArgs\nfrom simpletransformers.config.model_args import ModelArgs\na = NERArgs(num_train_epochs=3)\nNERModel("bert", "b", args=a)\n`,
    },
    {
      name: "another model's",
      code: `from simpletransformers.classification import ClassificationArgs, MultiLabelClassificationModel\na = ClassificationArgs()\nMultiLabelClassificationModel("bert", "b", ⟦args=a⟧)\n`,
      findings: [{ severity: "warning", message: "MultiLabelClassificationArgs" }],
      fixed: `from simpletransformers.classification import ClassificationArgs, MultiLabelClassificationModel, MultiLabelClassificationArgs\na = MultiLabelClassificationArgs()\nMultiLabelClassificationModel("bert", "b", args=a)\n`,
    },
    { name: "transformers' own", code: `from simpletransformers.t5 import T5Model\nfrom transformers import TrainingArguments\na = TrainingArguments("out")\nT5Model("t5", "t5-small", ⟦args=a⟧)\n`, findings: [{ severity: "warning", message: "TrainingArguments is silently ignored" }] },
  ],
});
