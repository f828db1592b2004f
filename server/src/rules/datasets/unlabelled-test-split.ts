import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { stringOf } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { Kind } from "../../syntax/kind.js";
import { labelledUses, unlabelledIn } from "./splitUses.js";

export default defineRule({
  id: "datasets/unlabelled-test-split",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["datasets"],
  mentions: ["test"],
  messages: {
    unlabelled: 'Every label of the "{split}" split of {dataset} is -1: {use} on it fails or means nothing. Use "{labelled}".',
  },
  docs: {
    summary: "A test split whose labels are withheld, used for training, evaluation or metrics.",
    why: `The test labels of GLUE and SST-2 are kept for the leaderboard: in the dataset every one of them is -1 (MRPC is the exception). A classification loss on them raises
\`IndexError: Target -1 is out of bounds\`, on a GPU a device-side assert; metrics are meaningless. The \`validation\` split has labels; a test set of one's
own can be split off the training data. Predicting on the test split, for a submission, is what it is for.`,
    examples: [
      {
        bad: `from datasets import load_dataset
from transformers import Trainer, TrainingArguments

dataset = load_dataset("glue", "sst2").map(tokenize, batched=True)
trainer = Trainer(model, TrainingArguments("out"), train_dataset=dataset["train"], eval_dataset=dataset["test"])
`,
        good: `from datasets import load_dataset
from transformers import Trainer, TrainingArguments

dataset = load_dataset("glue", "sst2").map(tokenize, batched=True)
trainer = Trainer(model, TrainingArguments("out"), train_dataset=dataset["train"], eval_dataset=dataset["validation"])
`,
      },
    ],
    references: ["https://huggingface.co/datasets/nyu-mll/glue", "https://github.com/huggingface/datasets/issues/245"],
    silent: "For predictions; for MRPC and SetFit/sst2, which have labels; for datasets that aren't known.",
  },
  check({ script, report }) {
    const reported = new Set<Node>();
    for (const { argument, use } of labelledUses(script)) {
      const found = unlabelledIn(argument.value);
      if (!found || reported.has(found.split.node)) continue;
      const { split, facts } = found;
      reported.add(split.node);
      const { tree } = script;
      const written = tree.kind(split.node) === Kind.string && stringOf(script.evaluate(split.node)) === split.name;
      report({
        message: "unlabelled",
        data: { split: split.name, dataset: facts.dataset, use, labelled: facts.labelled },
        at: tree.span(split.node),
        related: [{ message: `used for ${use} here`, range: tree.span(argument.entry) }],
        fixes: written ? [{ title: `Use the "${facts.labelled}" split`, safety: "unsafe", edits: [replaceNode(tree, split.node, `"${facts.labelled}"`)] }] : [],
      });
    }
  },
});
