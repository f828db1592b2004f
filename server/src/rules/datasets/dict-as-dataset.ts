import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import { isLoad, splitsMadeBy } from "../../script/datasetSplits.js";
import type { Script } from "../../script/script.js";
import { everyAlternative, stringOf } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";

/** Well-known datasets that have a `train` split. */
const HAVE_TRAIN =
  /^(?:(?:nyu-mll\/)?glue|(?:stanfordnlp\/)?(?:imdb|sst2|snli)|(?:fancyzhx\/)?(?:ag_news|dbpedia_14)|(?:Yelp\/)?yelp_review_full|(?:rajpurkar\/)?squad(?:_v2)?|(?:dair-ai\/)?emotion|(?:cornell-movie-review-data\/)?rotten_tomatoes|SetFit\/sst2|(?:eriktks\/)?conll2003|(?:abisee\/)?cnn_dailymail|(?:EdinburghNLP\/)?xsum|json|csv|parquet|text)$/;

export default defineRule({
  id: "datasets/dict-as-dataset",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["datasets"],
  messages: {
    loaded: 'load_dataset() without a split returns a dict of splits, and {trainer} needs one of them: raises KeyError when training starts. Write ["train"].',
    split: 'train_test_split() returns a dict with "train" and "test", and {trainer} needs one of them: raises KeyError when training starts. Write ["train"].',
  },
  docs: {
    summary: "A dict of splits given to a Trainer as its train_dataset.",
    why: `Without \`split=\`, \`load_dataset\` returns a \`DatasetDict\` with one dataset per split, even where there is only one; \`train_test_split\` returns one too. As
\`train_dataset\` it passes the constructor and raises \`KeyError\` when the first batch is fetched, after the model has been loaded. \`eval_dataset\`, on the other
hand, may be a dict.`,
    examples: [
      {
        bad: `from datasets import load_dataset
from transformers import Trainer, TrainingArguments

dataset = load_dataset("imdb").map(tokenize, batched=True)
trainer = Trainer(model, TrainingArguments("out"), train_dataset=dataset)
`,
        good: `from datasets import load_dataset
from transformers import Trainer, TrainingArguments

dataset = load_dataset("imdb").map(tokenize, batched=True)
trainer = Trainer(model, TrainingArguments("out"), train_dataset=dataset["train"])
`,
      },
    ],
    references: ["https://huggingface.co/docs/datasets/load_hub#splits"],
    silent: "For trainers that take a dict (sentence-transformers); where a split may come from outside.",
  },
  check({ script, report }) {
    for (const call of trainersOf(script)) {
      const argument = call.argument("train_dataset", call.name?.startsWith("trl.") ? -1 : 3);
      if (!argument || argument.via === "unpacked" || !everyAlternative(argument.value, (each) => splitsMadeBy(each) !== undefined)) continue;
      const maker = splitsMadeBy(argument.value.kind === "oneOf" ? (argument.value.alternatives[0]?.value ?? argument.value) : argument.value);
      if (!maker) continue;
      report({
        message: isLoad(maker) ? "loaded" : "split",
        data: { trainer: (call.name ?? "").split(".").at(-1) ?? "" },
        at: script.tree.span(argument.node),
        raises: "KeyError",
        related: [{ message: "makes a dict of splits", range: maker.nameSpan }],
        fixes: fixesOf(script, argument.node, maker),
      });
    }
  },
});

/** transformers' own trainers, whose data loader indexes the dataset with numbers. */
function trainersOf(script: Script): Call[] {
  return ["transformers.Trainer", "transformers.Seq2SeqTrainer"].flatMap((name) => script.callsTo(name, { subclasses: false }));
}

function fixesOf(script: Script, node: Node, maker: Call): Fix[] {
  const path = stringOf(maker.value("path", 0));
  const isKnown = maker.method === "train_test_split" || (path !== undefined && HAVE_TRAIN.test(path));
  const end = script.tree.end(node);
  return [{ title: 'Take its "train" split', safety: isKnown ? "safe" : "unsafe", edits: [{ start: end, end, newText: '["train"]' }] }];
}
