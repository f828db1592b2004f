/** Where a script needs the labels of a dataset: training, evaluating, computing metrics. */
import type { Argument, Call } from "../../script/calls.js";
import { splitOf, type Split } from "../../script/datasetSplits.js";
import type { Script } from "../../script/script.js";
import { stringOf } from "../../script/values.js";
import { unlabelledSplit, type UnlabelledSplit } from "../../knowledge/unlabelledSplits.js";

export interface LabelledUse {
  readonly argument: Argument;
  /** What is done with it, for messages: "training", "evaluation". */
  readonly use: string;
}

/** The arguments for which labels matter; `trainer.predict()` is not among them. */
export function labelledUses(script: Script): LabelledUse[] {
  const uses: LabelledUse[] = [];
  const add = (call: Call, use: string, ...places: readonly (readonly [name: string, position: number])[]): void => {
    for (const [name, position] of places) {
      const argument = call.argument(name, position);
      if (argument) uses.push({ argument, use });
    }
  };
  for (const call of script.callsTo("transformers.Trainer")) {
    add(call, "training", ["train_dataset", 3]);
    add(call, "evaluation", ["eval_dataset", 4]);
  }
  for (const call of script.callsTo("transformers.Trainer.evaluate")) add(call, "evaluation", ["eval_dataset", 0]);
  for (const call of script.callsOfMethod("train_model")) {
    if (!isSimple(call)) continue;
    add(call, "training", ["train_df", 0]);
    for (const name of ["eval_df", "eval_data"]) add(call, "evaluation", [name, -1]);
  }
  for (const call of script.callsOfMethod("eval_model")) if (isSimple(call)) add(call, "evaluation", ["eval_df", 0]);
  for (const call of script.callsOfMethod("compute")) add(call, "a metric", ["references", 1]);
  return uses;
}

function isSimple(call: Call): boolean {
  return call.receiver?.kind === "instance" && (call.receiver.object.className ?? "").startsWith("simpletransformers.");
}

/** The unlabelled split that a value holds, if it certainly holds one. */
export function unlabelledIn(value: Argument["value"]): { readonly split: Split; readonly facts: UnlabelledSplit } | undefined {
  const split = splitOf(value);
  const path = split && stringOf(split.load.value("path", 0));
  if (!split || path === undefined) return undefined;
  const facts = unlabelledSplit(path, stringOf(split.load.value("name", 1)), split.name);
  return facts && { split, facts };
}
