/** The frames that classifiers of simpletransformers train on and are evaluated with. */
import type { Argument } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { argumentSetsOf, type ArgumentSet } from "./argumentSets.js";
import { frameOf, type Frame } from "./frames.js";
import { isOn } from "./flags.js";

export interface TrainingFrame {
  readonly set: ArgumentSet;
  readonly argument: Argument;
  readonly frame: Frame;
}

/** The frames of `train_model` whose columns are all known, of the models that read `text` and `labels`. */
export function trainingFrames(script: Script): TrainingFrame[] {
  return argumentSetsOf(script).flatMap((set): TrainingFrame[] => {
    const { model, train, read } = set;
    const argument = train?.argument("train_df", 0);
    if (!train || !argument || !/^(?:MultiLabel)?ClassificationModel$/.test(model)) return [];
    // Lazy loading takes a path, and datasets are read by other names.
    if (isOn(read("lazy_loading"), false) !== false || isOn(read("use_hf_datasets"), false) !== false) return [];
    const frame = frameOf(script, argument.value, train.node);
    return frame ? [{ set, argument, frame }] : [];
  });
}
