/** The runs of SFTTrainers: which arguments go into one, and whether it packs its rows. */
import { isKindOf } from "../../knowledge/classes.js";
import { nameOf, type Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import { END_OF_SCOPE } from "../../script/reaching.js";
import type { Script } from "../../script/script.js";
import { ABSENT, truthOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";

/** Arguments on their way into an SFTTrainer. */
export interface SftRun {
  readonly args: ScriptObject;
  readonly trainer: Call | undefined;
  /** The place from which the steps are read: when training starts. */
  readonly reader: Node;
}

/** Every set of arguments that goes into an SFTTrainer, and every SFTConfig whose trainer isn't in sight. */
export function sftRunsOf(script: Script): SftRun[] {
  const runs: SftRun[] = [];
  for (const trainer of script.callsTo("trl.SFTTrainer", { subclasses: false })) {
    const made = script.evaluate(trainer.node, trainer.frame);
    const started = script.callsTo("transformers.Trainer.train").find((call) => call.receiver?.kind === "instance" && made.kind === "instance" && call.receiver.object === made.object);
    for (const args of instancesOf(trainer.value("args", 1))) runs.push({ args, trainer, reader: started?.node ?? trainer.node });
  }
  for (const call of script.callsTo("trl.SFTConfig", { subclasses: false })) {
    const made = script.evaluate(call.node, call.frame);
    if (made.kind === "instance" && !runs.some((run) => run.args === made.object)) runs.push({ args: made.object, trainer: undefined, reader: END_OF_SCOPE });
  }
  return runs;
}

function instancesOf(value: Value): ScriptObject[] {
  if (value.kind === "oneOf") return value.alternatives.flatMap((alternative) => instancesOf(alternative.value));
  return value.kind === "instance" && isKindOf(value.object.className ?? "", "transformers.TrainingArguments") ? [value.object] : [];
}

/** Whether rows are packed into full sequences: by the trainer, by the script itself, not at all, or nobody can tell. */
export function packingOf(run: SftRun, read: (name: string) => Value): "on" | "off" | "by hand" | "unknown" {
  const dataset = run.trainer?.value("train_dataset");
  if (dataset && nameOf(dataset)?.replace(/\(\)$/, "").endsWith("ConstantLengthDataset")) return "by hand";
  const given = run.trainer?.value("packing") ?? ABSENT;
  const value = given.kind === "absent" ? read("packing") : given;
  if (value.kind === "absent") return run.trainer ? "off" : "unknown";
  const truth = truthOf(value);
  return truth === undefined ? "unknown" : truth ? "on" : "off";
}
