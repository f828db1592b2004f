import rule from "../../../server/src/rules/sentence-transformers/evaluation-without-data.js";
import { ruleTest } from "../../support/ruleTest.js";

const made = (args: string, trainer: string): string =>
  `from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments\na = SentenceTransformerTrainingArguments("o"${args})\nt = SentenceTransformerTrainer(model=m, args=a, train_dataset=d${trainer})\n`;
const marked = (code: string): string => code.replace("t = SentenceTransformerTrainer", "t = ⟦SentenceTransformerTrainer⟧");

ruleTest(rule, {
  valid: [
    { name: "an evaluator", code: made(', eval_strategy="steps"', ", evaluator=e") },
    { name: "a dataset", code: made(', eval_strategy="epoch"', ", eval_dataset=e") },
    { name: "off", code: made(', eval_strategy="no"', "") },
    { name: "the default", code: made("", "") },
    { name: "the strategy from outside", code: made(", eval_strategy=strategy", "") },
    { name: "the data may come from outside", code: made(', eval_strategy="steps"', ", **more") },
    { name: "switched off again", code: made(', eval_strategy="steps"', "").replace("t = ", 'a.eval_strategy = "no"\nt = ') },
  ],
  invalid: [
    { name: "steps", code: marked(made(', eval_strategy="steps"', "")), findings: [{ severity: "error", message: 'eval_strategy is "steps"' }] },
    { name: "the old name, and None", code: marked(made(', evaluation_strategy="epoch"', ", eval_dataset=None")), findings: [{ severity: "error", message: 'evaluation_strategy is "epoch"' }] },
  ],
});
