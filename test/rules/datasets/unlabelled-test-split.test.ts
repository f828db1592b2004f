import rule from "../../../server/src/rules/datasets/unlabelled-test-split.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from datasets import load_dataset\nfrom transformers import Trainer, TrainingArguments\nargs = TrainingArguments("o")\n`;

ruleTest(rule, {
  valid: [
    { name: "the validation split", code: `${HEAD}d = load_dataset("glue", "sst2")\nTrainer(m, args, eval_dataset=d["validation"])\n` },
    { name: "MRPC has labels", code: `${HEAD}d = load_dataset("glue", "mrpc")\nTrainer(m, args, eval_dataset=d["test"])\n` },
    { name: "SetFit's copy has labels", code: `${HEAD}d = load_dataset("SetFit/sst2")\nTrainer(m, args, eval_dataset=d["test"])\n` },
    { name: "prediction", code: `${HEAD}d = load_dataset("glue", "cola")\ntrainer = Trainer(m, args)\ntrainer.predict(d["test"])\n` },
    { name: "another dataset", code: `${HEAD}d = load_dataset("imdb")\nTrainer(m, args, eval_dataset=d["test"])\n` },
    { name: "an unknown task", code: `${HEAD}d = load_dataset("glue", cli.task)\nTrainer(m, args, eval_dataset=d["test"])\n` },
    { name: "a split of one's own", code: `${HEAD}d = load_dataset("glue", "sst2", split="train").train_test_split(0.1)\nTrainer(m, args, eval_dataset=d["test"])\n` },
  ],
  invalid: [
    { name: "evaluated", code: `${HEAD}d = load_dataset("glue", "sst2").map(f)\nTrainer(m, args, eval_dataset=d[⟦"test"⟧])\n`, findings: one("warning", "evaluation on it fails"), unsafe: `${HEAD}d = load_dataset("glue", "sst2").map(f)\nTrainer(m, args, eval_dataset=d["validation"])\n` },
    { name: "by split=, selected", code: `${HEAD}test = load_dataset("stanfordnlp/sst2", split=⟦"test"⟧).select(range(10))\ntrainer = Trainer(m, args)\ntrainer.evaluate(test)\n`, findings: one("warning", "SST-2") },
    { name: "MNLI", code: `${HEAD}d = load_dataset("nyu-mll/glue", "mnli")\nTrainer(m, args, train_dataset=d["train"], eval_dataset=d[⟦"test_mismatched"⟧])\n`, findings: one("warning", "validation_mismatched") },
    { name: "a data frame", code: `import pandas as pd\nfrom datasets import load_dataset\nfrom simpletransformers.classification import ClassificationModel\nm = ClassificationModel("bert", "b")\nd = load_dataset("sst2")\ntest_df = pd.DataFrame(d[⟦"test"⟧])\nm.eval_model(test_df)\n`, findings: one("warning", "evaluation") },
    { name: "references of a metric", code: `${HEAD}import evaluate\nd = load_dataset("glue", "cola")\nevaluate.load("glue", "cola").compute(predictions=p, references=d[⟦"test"⟧]["label"])\n`, findings: one("warning", "a metric") },
  ],
});
