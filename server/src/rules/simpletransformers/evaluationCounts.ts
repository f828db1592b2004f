/** How many evaluations a simpletransformers training really runs: by steps, and at the ends of epochs. */
import type { Script } from "../../script/script.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { argumentSetsOf, type ArgumentSet } from "./argumentSets.js";
import { isOn } from "./flags.js";
import { numberArgument, trainingSteps } from "./trainingSteps.js";

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

function countOf(script: Script, set: ArgumentSet): EvaluationCount | undefined {
  const { train, read } = set;
  const flag = read("evaluate_during_training");
  if (!train || isOn(flag, false) !== true) return undefined;
  const interval = read("evaluate_during_training_steps");
  const entry = interval.entry === NO_NODE ? flag.entry : interval.entry;
  const [every, epochs] = [numberArgument(script, set, "evaluate_during_training_steps"), numberArgument(script, set, "num_train_epochs")];
  const byEpoch = isOn(read("evaluate_each_epoch"), true);
  if (entry === NO_NODE || byEpoch === undefined || every === undefined || epochs === undefined || !Number.isInteger(epochs) || !Number.isInteger(every)) return undefined;
  const atEnds = byEpoch ? epochs : 0;
  const offset = script.tree.end(entry);
  const most = isOn(read("use_early_stopping"), false) === false ? "" : "at most ";
  const counted = (count: number): string => `${most}${count} ${count === 1 ? "evaluation" : "evaluations"}`;
  const ends = atEnds === 1 ? "1 at the end of the epoch" : `${atEnds} at the ends of epochs`;
  if (every <= 0) return { offset, label: counted(atEnds), tooltip: byEpoch ? `None by steps, ${ends}.` : "None by steps and none at the ends of epochs." };
  const steps = trainingSteps(script, set);
  if (!steps) return undefined;
  const { rows, batch, accumulation, total } = steps;
  const bySteps = Math.floor(total / every);
  const tooltip = `⌈${rows} rows / ${batch}⌉ // ${accumulation} × ${epochs} = ${total} steps: ${bySteps} by steps, every ${every}${byEpoch ? `, and ${ends}` : ""}.`;
  return { offset, label: counted(bySteps + atEnds), tooltip };
}
