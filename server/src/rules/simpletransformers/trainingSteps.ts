/** How many optimizer steps a simpletransformers training takes, as its own loop counts them. */
import { computedNumber } from "../../script/computedNumber.js";
import { rowsOf } from "../../script/rows.js";
import type { Script } from "../../script/script.js";
import type { ArgumentSet } from "./argumentSets.js";
import { isOn } from "./flags.js";

/** Defaults of ModelArgs, in every version. */
const DEFAULTS = { evaluate_during_training_steps: 2000, train_batch_size: 8, gradient_accumulation_steps: 1, num_train_epochs: 1 } as const;

/** Models that train on one example for each row; question answering and NER make examples of other things. */
const BY_ROW = /^(?:Classification|MultiLabelClassification|T5|Seq2Seq)Model$/;

export interface TrainingSteps {
  readonly rows: number;
  readonly batch: number;
  readonly accumulation: number;
  readonly epochs: number;
  readonly total: number;
}

/** An argument as a number, its default where the script doesn't set it; undefined where it isn't known. */
export function numberArgument(script: Script, { read }: ArgumentSet, name: keyof typeof DEFAULTS): number | undefined {
  const { value } = read(name);
  return value.kind === "absent" ? DEFAULTS[name] : computedNumber(script, value);
}

/** Undefined where the data or an argument isn't known. What an epoch has over whole steps is dropped, once in each epoch. */
export function trainingSteps(script: Script, set: ArgumentSet): TrainingSteps | undefined {
  const { model, train, read } = set;
  // A sliding window makes several examples of a long text.
  if (!train || !BY_ROW.test(model) || isOn(read("sliding_window"), false) !== false) return undefined;
  const rows = rowsOf(script, train.argument("train_df", 0)?.value ?? train.value("train_data"));
  const [batch, accumulation, epochs] = [numberArgument(script, set, "train_batch_size"), numberArgument(script, set, "gradient_accumulation_steps"), numberArgument(script, set, "num_train_epochs")];
  if (rows === undefined || batch === undefined || accumulation === undefined || epochs === undefined || batch <= 0 || accumulation <= 0) return undefined;
  return { rows, batch, accumulation, epochs, total: Math.floor(Math.ceil(rows / batch) / accumulation) * epochs };
}
