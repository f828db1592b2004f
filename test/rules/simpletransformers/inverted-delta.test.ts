import rule from "../../../server/src/rules/simpletransformers/inverted-delta.js";
import { ruleTest } from "../../support/ruleTest.js";

const ner = (args: string): string => `from simpletransformers.ner import NERArgs, NERModel\na = NERArgs(${args})\nm = NERModel("bert", "b", args=a)\nm.train_model(df, eval_data=e)\n`;

ruleTest(rule, {
  valid: [
    { name: "no delta", code: ner("evaluate_during_training=True") },
    { name: "zero", code: ner("evaluate_during_training=True, early_stopping_delta=0") },
    { name: "negative", code: ner("evaluate_during_training=True, early_stopping_delta=-0.01") },
    { name: "maximized", code: ner('evaluate_during_training=True, early_stopping_delta=0.01, early_stopping_metric="f1_score", early_stopping_metric_minimize=False') },
    { name: "nothing is evaluated", code: ner("early_stopping_delta=0.01") },
    { name: "classification", code: `from simpletransformers.classification import ClassificationArgs, ClassificationModel\na = ClassificationArgs(evaluate_during_training=True, early_stopping_delta=0.01)\nClassificationModel("bert", "b", args=a)\n` },
    { name: "question answering maximizes by default", code: `from simpletransformers.question_answering import QuestionAnsweringArgs, QuestionAnsweringModel\na = QuestionAnsweringArgs(evaluate_during_training=True, early_stopping_delta=0.01)\nQuestionAnsweringModel("bert", "b", args=a)\n` },
    { name: "from outside", code: ner("evaluate_during_training=True, early_stopping_delta=delta") },
  ],
  invalid: [
    { name: "NER", code: ner("evaluate_during_training=True, ⟦early_stopping_delta=0.01⟧"), findings: [{ severity: "warning", message: "0.01 worse" }], unsafe: ner("evaluate_during_training=True, early_stopping_delta=0") },
    { name: "T5, by attribute", code: `from simpletransformers.t5 import T5Args, T5Model\na = T5Args()\na.evaluate_during_training = True\n⟦a.early_stopping_delta = 0.5⟧\nm = T5Model("t5", "t", args=a)\nm.train_model(df, eval_data=e)\n`, findings: [{ severity: "warning", message: "T5Model" }] },
  ],
});
