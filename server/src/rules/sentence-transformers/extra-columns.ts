import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { Kind } from "../../syntax/kind.js";
import { INPUTS } from "./lossTable.js";
import { columnEntry, isIdentifier, kindOfColumn, labelName, trainedColumnsOf, type TrainedColumns } from "./trainedColumns.js";

/** Columns that the trainers add themselves. */
const RESERVED: ReadonlySet<string> = new Set(["return_loss", "dataset_name"]);

export default defineRule({
  id: "sentence-transformers/extra-columns",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["sentence-transformers"],
  mentions: ["Trainer"],
  messages: {
    reserved: 'The trainer keeps a column name "{column}" for itself: raises ValueError before the first step. Rename or drop it.',
    raises: 'Every column but the label is a text to train on, "{column}" too: {why} raises at the first step. Drop the column.',
    trained: 'Every column but the label is a text to train on, "{column}" too: text in it is trained on silently, numbers raise at the first step. Drop the column.',
  },
  docs: {
    summary: "A column with identifiers in the dataset of a sentence-transformers trainer.",
    why: `The trainers of sentence-transformers hand every column that isn't the label to the loss, as one more text, in the order of the dataset; names don't matter. An \`id\` or \`idx\` with numbers raises an exception
at the first step; with text it becomes the anchor, a positive or a negative, without a word (6.0 logs a warning). \`return_loss\` and \`dataset_name\` are columns that the trainer adds itself, and raise \`ValueError\`.`,
    examples: [
      {
        bad: `from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, losses

model = SentenceTransformer("all-MiniLM-L6-v2")
train = Dataset.from_dict({"query_id": ids, "query": queries, "answer": answers})
trainer = SentenceTransformerTrainer(model=model, train_dataset=train, loss=losses.MultipleNegativesRankingLoss(model))
`,
        good: `from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, losses

model = SentenceTransformer("all-MiniLM-L6-v2")
train = Dataset.from_dict({"query_id": ids, "query": queries, "answer": answers})
trainer = SentenceTransformerTrainer(model=model, train_dataset=train.remove_columns("query_id"), loss=losses.MultipleNegativesRankingLoss(model))
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/data_collator.py", "https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/trainer.py"],
    silent: "For datasets whose columns aren't all known, for a data_collator of the script's own, and where there is nothing but identifiers.",
  },
  check({ script, report }) {
    for (const trained of trainedColumnsOf(script)) {
      const { trainer, dataset, names } = trained;
      const related = [{ message: "the trainer", range: trainer.call.nameSpan }];
      for (const column of names) {
        if (!RESERVED.has(column) && !isExtra(trained, column)) continue;
        const entry = columnEntry(script, dataset.value, column);
        const at = entry ? script.tree.span(entry.key) : script.tree.span(dataset.entry);
        const fixes = fixesOf(script, dataset, column);
        if (RESERVED.has(column)) report({ message: "reserved", severity: "error", data: { column }, at, raises: "ValueError", related, fixes });
        else {
          const why = reasonToRaise(script, trained, column);
          report({ message: why === undefined ? "trained" : "raises", severity: why === undefined ? "warning" : "error", data: { column, why: why ?? "" }, at, raises: ["TypeError", "ValueError"], related, fixes });
        }
      }
    }
  },
});

/** An identifier beside at least one column to train on. */
function isExtra({ names }: TrainedColumns, column: string): boolean {
  return isIdentifier(column) && names.some((name) => !isIdentifier(name) && labelName(name) === undefined);
}

/** Numbers can't be tokenized, and some losses take so many texts and no more. */
function reasonToRaise(script: Script, { loss, dataset, names }: TrainedColumns, column: string): string | undefined {
  const kind = kindOfColumn(script, dataset.value, column);
  if (kind === "int" || kind === "float" || kind === "bool") return "a number";
  const inputs = loss && INPUTS[loss.name];
  const count = names.filter((name) => labelName(name) === undefined).length;
  return inputs?.tooMany !== undefined && count > inputs.most ? `one text too many for ${loss?.name ?? ""}` : undefined;
}

/** The dataset without the column, where the trainer gets it by a name. */
function fixesOf(script: Script, dataset: Argument, column: string): Fix[] {
  const { tree } = script;
  const isPlain = tree.kind(dataset.node) === Kind.identifier || tree.kind(dataset.node) === Kind.call || tree.kind(dataset.node) === Kind.subscript;
  if (dataset.via === "unpacked" || !isPlain) return [];
  const end = tree.end(dataset.node);
  return [{ title: `Train without the column \`${column}\``, safety: "unsafe", edits: [{ start: end, end, newText: `.remove_columns("${column}")` }] }];
}
