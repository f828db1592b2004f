import rule from "../../../server/src/rules/transformers/iterable-without-max-steps.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (dataset: string, args = "seed=1", trainer = "train_dataset=data"): string =>
  `from datasets import load_dataset\nfrom torch.utils.data import IterableDataset\nfrom transformers import Trainer, TrainingArguments\n${dataset}\nargs = TrainingArguments("out", ${args})\nTrainer(model=m, args=args, ${trainer})\n`;
const STREAM = 'data = load_dataset("c4", split="train", streaming=True)';
const MARKED = "⟦train_dataset=data⟧";
const one = [{ message: "has no length", severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "max_steps", code: script(STREAM, "max_steps=100") },
    { name: "max_steps from elsewhere", code: script(STREAM, "max_steps=cli.steps") },
    { name: "not streamed", code: script('data = load_dataset("c4", split="train")') },
    { name: "streaming=False", code: script('data = load_dataset("c4", streaming=False)') },
    { name: "streaming from elsewhere", code: script('data = load_dataset("c4", streaming=cli.stream)') },
    { name: "made a list", code: script('data = list(load_dataset("c4", split="train", streaming=True).take(100))') },
    { name: "a length of its own", code: script("class D(IterableDataset):\n    def __iter__(self): ...\n    def __len__(self): return 5\ndata = D()") },
    { name: "a class that may have one", code: script("from mine import Sized\nclass D(Sized, IterableDataset):\n    def __iter__(self): ...\ndata = D()") },
    { name: "only evaluated", code: script(STREAM, "seed=1", "eval_dataset=data") },
    { name: "wrapped by something unknown", code: script(`${STREAM}\ndata = wrap(data)`) },
    { name: "written before the Trainer", code: script(STREAM).replace("Trainer(model", "args.max_steps = 5\nTrainer(model") },
    { name: "streamed only with max_steps", code: script('data = load_dataset("c4", streaming=True) if cli.stream else load_dataset("c4")') },
    { name: "an open splat may bring max_steps", code: script(STREAM, "**more") },
    { name: "parsed arguments", code: script(STREAM).replace('TrainingArguments("out", seed=1)', "parser.parse_args()") },
    { name: "the error is caught", code: script(STREAM).replace("Trainer(model=m, args=args, train_dataset=data)", "try:\n    Trainer(model=m, args=args, train_dataset=data)\nexcept ValueError:\n    pass") },
  ],
  invalid: [
    { name: "streamed", code: script(STREAM, "seed=1", MARKED), findings: one },
    { name: "streamed, mapped, shuffled", code: script(`${STREAM}\ndata = data.map(f, batched=True).shuffle(buffer_size=9)`, "num_train_epochs=3", MARKED), findings: one },
    { name: "a split of a streamed dataset", code: script('data = load_dataset("c4", streaming=True)', "seed=1", 'train_dataset=data["train"]').replace('train_dataset=data["train"]', '⟦train_dataset=data["train"]⟧'), findings: one },
    { name: "to_iterable_dataset", code: script('data = load_dataset("c4", split="train").to_iterable_dataset(num_shards=8)', "seed=1", MARKED), findings: one },
    { name: "a class of its own", code: script("class D(IterableDataset):\n    def __iter__(self): ...\ndata = D()", "seed=1", MARKED), findings: one },
    { name: "max_steps=-1 by position and alias", code: `import transformers as hf\nfrom datasets import IterableDataset\ndata = IterableDataset.from_generator(g)\nhf.Trainer(m, hf.TrainingArguments("o", max_steps=-1), None, ⟦data⟧)\n`, findings: one },
    { name: "no arguments", code: `from transformers import Trainer\nfrom datasets import load_dataset\nTrainer(m, ⟦train_dataset=load_dataset("x", split="train", streaming=True)⟧)\n`, findings: one },
    { name: "SFTTrainer", code: `from trl import SFTConfig, SFTTrainer\nfrom datasets import load_dataset\nSFTTrainer(model=m, args=SFTConfig("o"), ⟦train_dataset=load_dataset("x", split="train", streaming=True)⟧)\n`, findings: one },
  ],
});
