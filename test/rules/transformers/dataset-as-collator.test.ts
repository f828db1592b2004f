import rule from "../../../server/src/rules/transformers/dataset-as-collator.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, head = ""): string => `from datasets import load_dataset\nfrom torch.utils.data import Dataset\nfrom transformers import Trainer\n${head}rows = load_dataset("imdb", split="train")\ntest = load_dataset("imdb", split="test")\ntrainer = Trainer(${args})\n`;
const one = [{ message: "The third argument of Trainer is data_collator", severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "by name", code: script("model, args, train_dataset=rows") },
    { name: "in its place", code: script("model, args, collate, rows") },
    { name: "None before it", code: script("model, args, None, rows") },
    { name: "not known", code: script("model, args, mine") },
    { name: "own Trainer", code: script("model, args, rows", "class T(Trainer):\n    pass\n").replace("= Trainer(", "= T(") },
    { name: "a dataset that can be called", code: script("model, args, D()", "class D(Dataset):\n    def __call__(self, rows): ...\n") },
    { name: "a class of the script that is no dataset", code: script("model, args, D()", "class D:\n    pass\n") },
    { name: "another library's", code: script("model, args, rows").replace("from transformers import Trainer", "import transformers\nfrom mine import Trainer") },
    { name: "a splat", code: script("*parts") },
  ],
  invalid: [
    { name: "a dataset", code: script("model, args, ⟦rows⟧"), findings: one, fixed: script("model, args, train_dataset=rows") },
    { name: "and trained", code: `${script("model, args, ⟦rows⟧")}trainer.train()\n`, findings: [{ message: "raises TypeError", severity: "error" }], fixed: `${script("model, args, train_dataset=rows")}trainer.train()\n` },
    { name: "two", code: script("model, args, ⟦rows⟧, test"), findings: one, fixed: script("model, args, train_dataset=rows, eval_dataset=test") },
    { name: "mapped", code: script("model, args, ⟦rows.map(f)⟧"), findings: one, fixed: script("model, args, train_dataset=rows.map(f)") },
    { name: "of the script", code: script("model, args, ⟦D()⟧", "class D(Dataset):\n    def __len__(self): ...\n"), findings: one, fixed: script("model, args, train_dataset=D()", "class D(Dataset):\n    def __len__(self): ...\n") },
    { name: "the training set is named too", code: script("model, args, ⟦rows⟧, train_dataset=test"), findings: one },
  ],
});
