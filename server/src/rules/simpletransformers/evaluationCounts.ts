/** How many evaluations a simpletransformers training really runs: by steps, and at the ends of epochs. */
import { computedNumber } from "../../script/computedNumber.js";
import { rowsOf } from "../../script/rows.js";
import type { Script } from "../../script/script.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { argumentSetsOf, type ArgumentSet } from "./argumentSets.js";
import { isOn } from "./flags.js";

/** Defaults of ModelArgs, in every version. */
const DEFAULTS = { evaluate_during_training_steps: 2000, train_batch_size: 8, gradient_accumulation_steps: 1, num_train_epochs: 1 } as const;

/** Models that train on one example for each row; question answering and NER make examples of other things. */
const BY_ROW = /^(?:Classification|MultiLabelClassification|T5|Seq2Seq)Model$/;

export interface EvaluationCount {
  /** Right behind the step interval, or behind `evaluate_during_training` where there is none. */
  readonly offset: number;
  /** `12 evaluations`. */
  readonly label: string;
  /** How the number comes about. */
  readonly tooltip: string;
}

/** One for each training whose evaluations can be counted. */
export function evaluationCounts(script: Script): EvaluationCount[] {
  const counts = argumentSetsOf(script).flatMap((set) => countOf(script, set) ?? []);
  // Two trainings with the same arguments and other data have no one number.
  const isOne = (count: EvaluationCount): boolean => counts.every((other) => other.offset !== count.offset || other.label === count.label);
  return counts.filter((count, index) => isOne(count) && counts.findIndex(({ offset }) => offset === count.offset) === index);
}

function countOf(script: Script, { model, train, read }: ArgumentSet): EvaluationCount | undefined {
  const flag = read("evaluate_during_training");
  if (!train || isOn(flag, false) !== true) return undefined;
  const interval = read("evaluate_during_training_steps");
  const entry = interval.entry === NO_NODE ? flag.entry : interval.entry;
  const number = (name: keyof typeof DEFAULTS): number | undefined => {
    const { value } = read(name);
    return value.kind === "absent" ? DEFAULTS[name] : computedNumber(script, value);
  };
  const [every, epochs, batch, accumulation] = [number("evaluate_during_training_steps"), number("num_train_epochs"), number("train_batch_size"), number("gradient_accumulation_steps")];
  const byEpoch = isOn(read("evaluate_each_epoch"), true);
  if (entry === NO_NODE || byEpoch === undefined || every === undefined || epochs === undefined || !Number.isInteger(epochs) || !Number.isInteger(every)) return undefined;
  const atEnds = byEpoch ? epochs : 0;
  const offset = script.tree.end(entry);
  const most = isOn(read("use_early_stopping"), false) === false ? "" : "at most ";
  const counted = (count: number): string => `${most}${count} ${count === 1 ? "evaluation" : "evaluations"}`;
  const ends = atEnds === 1 ? "1 at the end of the epoch" : `${atEnds} at the ends of epochs`;
  if (every <= 0) return { offset, label: counted(atEnds), tooltip: byEpoch ? `None by steps, ${ends}.` : "None by steps and none at the ends of epochs." };
  // A sliding window makes several examples of a long text.
  if (!BY_ROW.test(model) || isOn(read("sliding_window"), false) !== false) return undefined;
  const rows = rowsOf(script, train.argument("train_df", 0)?.value ?? train.value("train_data"));
  if (rows === undefined || batch === undefined || accumulation === undefined || batch <= 0 || accumulation <= 0) return undefined;
  const total = Math.floor(Math.ceil(rows / batch) / accumulation) * epochs;
  const bySteps = Math.floor(total / every);
  const tooltip = `⌈${rows} rows / ${batch}⌉ // ${accumulation} × ${epochs} = ${total} steps: ${bySteps} by steps, every ${every}${byEpoch ? `, and ${ends}` : ""}.`;
  return { offset, label: counted(bySteps + atEnds), tooltip };
}
