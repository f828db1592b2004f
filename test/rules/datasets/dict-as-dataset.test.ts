import rule from "../../../server/src/rules/datasets/dict-as-dataset.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from datasets import Dataset, load_dataset\nfrom transformers import Trainer, TrainingArguments\nargs = TrainingArguments("o")\n`;

ruleTest(rule, {
  valid: [
    { name: "a split", code: `${HEAD}d = load_dataset("imdb")\nTrainer(m, args, train_dataset=d["train"])\n` },
    { name: "split=", code: `${HEAD}d = load_dataset("imdb", split="train")\nTrainer(m, args, train_dataset=d)\n` },
    { name: "a split from outside", code: `${HEAD}d = load_dataset("imdb", split=cli.split)\nTrainer(m, args, train_dataset=d)\n` },
    { name: "perhaps a split", code: `${HEAD}d = load_dataset("imdb", **options)\nTrainer(m, args, train_dataset=d)\n` },
    { name: "evaluation on a dict", code: `${HEAD}d = load_dataset("imdb")\nTrainer(m, args, train_dataset=d["train"], eval_dataset=d)\n` },
    { name: "the halves", code: `${HEAD}d = Dataset.from_dict(x).train_test_split(0.1)\nTrainer(m, args, train_dataset=d["train"])\n` },
    { name: "sentence-transformers takes a dict", code: `${HEAD}from sentence_transformers import SentenceTransformerTrainer\nd = load_dataset("sentence-transformers/all-nli", "pair")\nSentenceTransformerTrainer(m, train_dataset=d)\n` },
    { name: "scikit-learn's", code: `${HEAD}from sklearn.model_selection import train_test_split\nd = train_test_split(x)\nTrainer(m, args, train_dataset=d)\n` },
  ],
  invalid: [
    { name: "loaded", code: `${HEAD}d = load_dataset("imdb").map(f).shuffle()\nTrainer(m, args, train_dataset=⟦d⟧)\n`, findings: one("error", "without a split returns a dict"), fixed: `${HEAD}d = load_dataset("imdb").map(f).shuffle()\nTrainer(m, args, train_dataset=d["train"])\n` },
    { name: "a dataset that isn't known", code: `${HEAD}Trainer(m, args, train_dataset=⟦load_dataset("me/mine")⟧)\n`, findings: one("error", "raises KeyError"), unsafe: `${HEAD}Trainer(m, args, train_dataset=load_dataset("me/mine")["train"])\n` },
    { name: "split", code: `${HEAD}d = load_dataset("imdb", split="train").train_test_split(test_size=0.1)\nTrainer(m, args, None, ⟦d⟧)\n`, findings: one("error", "train_test_split() returns a dict"), fixed: `${HEAD}d = load_dataset("imdb", split="train").train_test_split(test_size=0.1)\nTrainer(m, args, None, d["train"])\n` },
  ],
});
