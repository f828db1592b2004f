import rule from "../../../server/src/rules/simpletransformers/unknown-model-type.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from simpletransformers.classification import ClassificationModel\n`;

ruleTest(rule, {
  valid: [
    { name: "a type", code: `${HEAD}ClassificationModel("roberta", "roberta-base")\n` },
    { name: "auto", code: `${HEAD}ClassificationModel("auto", "x")\n` },
    { name: "NER has a hyphen", code: `from simpletransformers.ner import NERModel\nNERModel("deberta-v2", "x")\n` },
    { name: "from outside", code: `${HEAD}ClassificationModel(cli.type, "x")\n` },
    { name: "a model whose table isn't known", code: `from simpletransformers.retrieval import RetrievalModel\nRetrievalModel("mine", "x")\n` },
    { name: "own class", code: `import simpletransformers\nclass ClassificationModel: ...\nClassificationModel("nothing", "x")\n` },
  ],
  invalid: [
    { name: "the Hub's name", code: `${HEAD}ClassificationModel(⟦"xlm-roberta"⟧, "xlm-roberta-base")\n`, findings: one("error", 'Did you mean "xlmroberta"?'), fixed: `${HEAD}ClassificationModel("xlmroberta", "xlm-roberta-base")\n` },
    { name: "another model's spelling", code: `${HEAD}ClassificationModel(model_type=⟦⟧"deberta-v2")\n`.replace('model_type=⟦⟧"deberta-v2"', '⟦model_type="deberta-v2"⟧'), findings: one("error", "raises KeyError"), fixed: `${HEAD}ClassificationModel(model_type="debertav2")\n` },
    { name: "no classifier", code: `${HEAD}TYPE = "gpt2"\nClassificationModel(⟦TYPE⟧, "gpt2")\n`, findings: one("error", '"gpt2" is no model type of ClassificationModel') },
  ],
});
