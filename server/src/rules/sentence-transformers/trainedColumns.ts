/** The columns that a trainer of sentence-transformers gets, where all of them are known, and which of them is what. */
import { columnsOf, writtenColumn } from "../../script/datasets.js";
import type { Argument } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import type { RecordEntry, Value } from "../../script/values.js";
import { common, kindOfLabel, labelsIn, type LabelKind } from "./labelKinds.js";
import { lossOf, type Loss } from "./trainingData.js";
import { givenTo, isNothing, sentenceTrainersOf, type SentenceTrainer } from "./trainerCalls.js";

/** Labels for every trainer and version. */
const ALWAYS_LABELS: ReadonlySet<string> = new Set(["label", "score"]);

/** Labels from 5.2 on; a CrossEncoderTrainer has always taken them. */
const LATER_LABELS: ReadonlySet<string> = new Set(["labels", "scores"]);

/** Names that people give to labels, and that no version takes for one. */
const MEANT_AS_LABEL: ReadonlySet<string> = new Set("target targets similarity similarity_score sim_score gold gold_label gold_score class_label relevance rating".split(" "));

/** As sentence-transformers 6 itself tells them, and a few more. */
const IDENTIFIER = /^(?:id|idx|ids|guid|uid|uuid|index|__index_level_0__|\w+_(?:id|ids|idx))$/;

export interface TrainedColumns {
  readonly trainer: SentenceTrainer;
  /** The loss, where it is one of the library's for bi-encoders. */
  readonly loss: Loss | undefined;
  readonly dataset: Argument;
  /** All of them, in order. */
  readonly names: readonly string[];
}

/** One for each trainer that gets a dataset with known columns, and makes its own batches of it. */
export function trainedColumnsOf(script: Script): TrainedColumns[] {
  return sentenceTrainersOf(script).flatMap((trainer): TrainedColumns[] => {
    const dataset = trainer.call.argument("train_dataset", 2);
    if (!dataset || trainer.call.isOpen || !isNothing(trainer.call.value("data_collator", 6))) return [];
    const columns = columnsOf(script, dataset.value);
    // What the Hub has may change: no ground for an error.
    if (columns.open || columns.hub !== undefined || columns.names.size === 0) return [];
    const loss = trainer.kind === "SentenceTransformer" ? lossOf(givenTo(trainer, "loss")) : undefined;
    return [{ trainer, loss, dataset, names: [...columns.names] }];
  });
}

/** How a column that looks like the label is taken. */
export type LabelName = "label" | "later" | "never";

export function labelName(name: string): LabelName | undefined {
  if (ALWAYS_LABELS.has(name)) return "label";
  if (LATER_LABELS.has(name)) return "later";
  return MEANT_AS_LABEL.has(name) ? "never" : undefined;
}

export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name);
}

/** Where a column is written in a dict, with its values. */
export function columnEntry(script: Script, dataset: Value, name: string): RecordEntry | undefined {
  return writtenColumn(script, dataset, name);
}

/** The kind of what is in a column; undefined where it isn't written out. */
export function kindOfColumn(script: Script, dataset: Value, name: string): LabelKind | undefined {
  const entry = columnEntry(script, dataset, name);
  return entry && common(labelsIn(script, entry.value).map(kindOfLabel));
}
