import rule from "../../../server/src/rules/simpletransformers/steps-skipped-on-resume.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "import pandas as pd\nfrom simpletransformers.classification import ClassificationModel\nfrom simpletransformers.t5 import T5Model\n";
const training = (name: string, { args = "", data = "df", model = "ClassificationModel" } = {}): string => `${HEAD}m = ${model}("bert", ${name}${args})\nm.train_model(${data})\n`;

ruleTest(rule, {
  valid: [
    { name: "a name of the Hub", code: training('"google/electra-small-2020"') },
    { name: "a plain name of the Hub", code: training('"bert-2"') },
    { name: "the best model", code: training('"outputs/best_model"') },
    { name: "three parts without a number in the middle", code: training('"./models/my-bert-2024"') },
    { name: "a slash at the end", code: training('"outputs/checkpoint-2000/"') },
    { name: "a version", code: training('"./models/bert-v2"') },
    { name: "evaluated only", code: training('"outputs/checkpoint-2000"').replace("train_model", "eval_model") },
    { name: "a path from outside", code: training("path") },
    { name: "half a path from outside", code: training('f"{folder}/checkpoint-2000"') },
    { name: "another model", code: training('"./models/x-3"', { model: "ConvAIModel" }).replace("T5Model", "T5Model\nfrom simpletransformers.conv_ai import ConvAIModel") },
    { name: "a class of the script's own", code: training('"./models/x-3"').replace("m =", "class ClassificationModel: ...\nm =") },
    { name: "step 0", code: `from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "outputs/checkpoint-0")\nmodel.train_model(df)\n` },
    { name: "a model of the Hub with a number", code: `from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "google/bert_uncased_L-2_H-128")\nmodel.train_model(df)\n` },
    { name: "never trained", code: `from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "outputs/checkpoint-500")\nmodel.eval_model(df)\n` },
    { name: "a folder from outside", code: `from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", cli.model)\nmodel.train_model(df)\n` },
  ],
  invalid: [
    { name: "a year", code: training('⟦"./models/reviews-2024"⟧'), findings: [{ severity: "warning", message: "the first 2024 steps of the training are skipped" }] },
    { name: "by keyword, in a deep folder", code: training('⟦model_name="models/reviews/run-7"⟧', { model: "T5Model" }), findings: [{ severity: "warning", message: 'The 7 in "run-7"' }] },
    { name: "a number alone", code: training('⟦"../models/3"⟧'), findings: [{ severity: "warning", message: "first 3 steps" }] },
    { name: "a checkpoint", code: training('⟦"outputs/checkpoint-2000"⟧'), findings: [{ severity: "information", message: "resumes its training" }] },
    { name: "a checkpoint in the script's folder", code: training('⟦"runs/checkpoint-20-epoch-1"⟧', { args: ', args={"output_dir": "runs"}' }), findings: [{ severity: "information", message: "first 20 steps" }] },
    {
      name: "a checkpoint of a finished training",
      code: training('⟦"outputs/checkpoint-2000"⟧', { data: 'pd.DataFrame({"text": ["a", "b", "c"], "labels": [0, 1, 0]})' }),
      findings: [{ severity: "warning", message: "this training has 1: nothing is trained" }],
    },
  ],
});
