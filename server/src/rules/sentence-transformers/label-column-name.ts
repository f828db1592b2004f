import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import type { RecordEntry } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { Kind } from "../../syntax/kind.js";
import { INPUTS, LABELS } from "./lossTable.js";
import { columnEntry, isIdentifier, kindOfColumn, labelName, trainedColumnsOf, type TrainedColumns } from "./trainedColumns.js";

const BEFORE = { "sentence-transformers": "<5.2" };

/** Losses of cross-encoders with two texts and a label; the others take lists, or no label. */
const CROSS_ENCODER_LOSS = /^sentence_transformers\.cross_encoder\.(?:\w+\.)*(?:BinaryCrossEntropyLoss|CrossEntropyLoss|MSELoss)$/;

export default defineRule({
  id: "sentence-transformers/label-column-name",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["sentence-transformers"],
  mentions: ["Trainer"],
  messages: {
    later: 'sentence-transformers before 5.2 takes the column "{column}" for another text, not for the label: {effect}. Name it "label".',
    never: 'No trainer takes a column "{column}" for the label: it is another text, and {effect}. Name it "label".',
  },
  docs: {
    summary: "A label column under a name that isn't taken for the label.",
    why: `\`SentenceTransformerTrainer\` knows the label by the name of its column: \`label\` or \`score\`, and from 5.2 on \`labels\` and \`scores\` too (\`CrossEncoderTrainer\` has always taken all four). Every other
column is tokenized as a text. Numbers in it raise an exception at the first step (\`TypeError: 'float' object is not subscriptable\`, from 6.0 on \`ValueError: Unsupported input type\`); text is trained on without a word.`,
    examples: [
      {
        versions: { "sentence-transformers": "5.1.0" },
        bad: `from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, losses

model = SentenceTransformer("all-MiniLM-L6-v2")
train = Dataset.from_dict({"first": firsts, "second": seconds, "labels": [0.9, 0.1, 0.4]})
trainer = SentenceTransformerTrainer(model=model, train_dataset=train, loss=losses.CosineSimilarityLoss(model))
`,
        good: `from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, losses

model = SentenceTransformer("all-MiniLM-L6-v2")
train = Dataset.from_dict({"first": firsts, "second": seconds, "label": [0.9, 0.1, 0.4]})
trainer = SentenceTransformerTrainer(model=model, train_dataset=train, loss=losses.CosineSimilarityLoss(model))
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/data_collator.py", "https://sbert.net/docs/sentence_transformer/training_overview.html#dataset-format"],
    silent: "For datasets whose columns aren't all known, for a data_collator of the script's own, and for names such as `target` where the loss takes no label or the number of texts is right without it.",
  },
  check({ script, report }) {
    for (const trained of trainedColumnsOf(script)) {
      const { dataset, names, trainer } = trained;
      if (names.some((name) => labelName(name) === "label")) continue;
      const column = names.find((name) => labelName(name) === "later") ?? names.find((name) => labelName(name) === "never");
      const how = column === undefined ? undefined : labelName(column);
      if (column === undefined || how === undefined) continue;
      if (how === "later" ? trainer.kind !== "SentenceTransformer" : !isOneTooMany(trained, column)) continue;
      const entry = columnEntry(script, dataset.value, column);
      const kind = kindOfColumn(script, dataset.value, column);
      const isNumber = kind === "int" || kind === "float" || kind === "bool";
      report({
        message: how === "later" ? "later" : "never",
        severity: isNumber ? "error" : "warning",
        data: { column, effect: isNumber ? "its numbers raise at the first step" : "numbers in it raise at the first step" },
        at: entry ? script.tree.span(entry.key) : script.tree.span(dataset.entry),
        ...(how === "later" ? { when: BEFORE } : {}),
        raises: ["TypeError", "ValueError"],
        related: [{ message: "the trainer", range: trainer.call.nameSpan }],
        fixes: fixesOf(script, entry),
      });
    }
  },
});

/** Whether the loss takes a label, and exactly as many texts as there are columns beside this one. */
function isOneTooMany({ trainer, loss, names }: TrainedColumns, column: string): boolean {
  const inputs = names.filter((name) => name !== column && !isIdentifier(name)).length;
  if (trainer.kind === "CrossEncoder") {
    const given = trainer.call.value("loss", 4);
    return inputs === 2 && given.kind === "instance" && CROSS_ENCODER_LOSS.test(given.object.className ?? "");
  }
  if (!loss || !LABELS[loss.name]) return false;
  const expected = INPUTS[loss.name];
  return expected ? inputs >= expected.least && inputs <= expected.most : inputs >= 1;
}

/** The new name where the column is written, as long as nothing else in the script says the old one. */
function fixesOf(script: Script, entry: RecordEntry | undefined): Fix[] {
  const { tree } = script;
  if (!entry || entry.key === NO_NODE) return [];
  const written = tree.textOf(entry.key);
  const name = written.replace(/^['"]|['"]$/g, "");
  if (script.text.split(new RegExp(`(["'])${name}\\1`)).length > 3) return [];
  const newText = tree.kind(entry.key) === Kind.string ? written.replace(name, "label") : "label";
  return [{ title: "Name the column `label`", safety: "safe", edits: [replaceNode(tree, entry.key, newText)] }];
}
