/** What to change in a script that ran out of GPU memory: the arguments that cost the most, as edits. Nothing here changes what is learnt but where the title says so. */
import { addArgument, mergedEdits, pythonLiteral, replaceValue } from "../analysis/edits.js";
import type { Edit } from "../analysis/finding.js";
import type { Call } from "../script/calls.js";
import type { Script } from "../script/script.js";
import { numberOf, stringOf, truthOf } from "../script/values.js";

export interface MemoryRemedy {
  /** What it changes, to what. */
  readonly title: string;
  /** In ascending order. */
  readonly edits: readonly Edit[];
}

/** The part of the run in which the memory ran out; another one counts as the training itself. */
export type Phase = "training" | "evaluation";

/** The Trainer's default for both. */
const defaultBatch = 8;

/** The likeliest first. Empty where the arguments can't be seen. */
export function memoryRemedies(script: Script, phase: Phase): MemoryRemedy[] {
  const [call] = script.callsTo("transformers.TrainingArguments");
  // What an open splat may pass can't be added beside it.
  if (!call || call.isOpen) return [];
  const all = phase === "evaluation" ? [smallerEvaluation(script, call), accumulatedLogits(script, call)] : [smallerBatch(script, call), checkpointing(script, call), halfPrecision(script, call), smallOptimizer(script, call)];
  return all.filter((remedy) => remedy !== undefined);
}

/** Halved, or one by one where it can't be: the product with the accumulation stays. */
function smallerBatch(script: Script, call: Call): MemoryRemedy | undefined {
  const batch = numberOr(call, "per_device_train_batch_size", defaultBatch);
  const accumulation = numberOr(call, "gradient_accumulation_steps", 1);
  if (batch === undefined || accumulation === undefined || !Number.isInteger(batch) || !Number.isInteger(accumulation) || batch < 2 || call.keywords.has("auto_find_batch_size")) return undefined;
  const factor = batch % 2 === 0 ? 2 : batch;
  return remedy(script, call, `Batches of ${batch / factor} instead of ${batch}, accumulated ${accumulation * factor} times: the optimizer sees the same`, {
    per_device_train_batch_size: batch / factor,
    gradient_accumulation_steps: accumulation * factor,
  });
}

function checkpointing(script: Script, call: Call): MemoryRemedy | undefined {
  if (!isOff(call, "gradient_checkpointing")) return undefined;
  return remedy(script, call, "Gradient checkpointing: less memory for activations, about a fifth slower", { gradient_checkpointing: true });
}

function halfPrecision(script: Script, call: Call): MemoryRemedy | undefined {
  if (!isOff(call, "bf16") || !isOff(call, "fp16")) return undefined;
  return remedy(script, call, "Half precision, bf16: activations take half (on GPUs before Ampere, fp16)", { bf16: true });
}

function smallOptimizer(script: Script, call: Call): MemoryRemedy | undefined {
  const value = call.value("optim");
  const name = stringOf(value);
  if (value.kind !== "absent" && (name === undefined || !/^adamw_(?:torch|hf|torch_fused)$/u.test(name))) return undefined;
  return remedy(script, call, "8-bit AdamW: the optimizer's states take a quarter (needs bitsandbytes)", { optim: "adamw_bnb_8bit" });
}

function smallerEvaluation(script: Script, call: Call): MemoryRemedy | undefined {
  const batch = numberOr(call, "per_device_eval_batch_size", defaultBatch);
  if (batch === undefined || !Number.isInteger(batch) || batch < 2) return undefined;
  const half = Math.floor(batch / 2);
  return remedy(script, call, `Evaluate in batches of ${half} instead of ${batch}: the scores stay the same`, { per_device_eval_batch_size: half });
}

function accumulatedLogits(script: Script, call: Call): MemoryRemedy | undefined {
  if (call.value("eval_accumulation_steps").kind !== "absent") return undefined;
  return remedy(script, call, "Move predictions to the host every 16 evaluation steps", { eval_accumulation_steps: 16 });
}

/** Undefined where one of the values can't be written. */
function remedy(script: Script, call: Call, title: string, values: Readonly<Record<string, string | number | boolean>>): MemoryRemedy | undefined {
  const edits = Object.entries(values).map(([name, value]) => {
    const argument = call.argument(name);
    return argument ? replaceValue(script, argument, pythonLiteral(value)) : addArgument(script, call, name, pythonLiteral(value));
  });
  return edits.includes(undefined) ? undefined : { title, edits: mergedEdits(edits.filter((edit) => edit !== undefined)) };
}

function numberOr(call: Call, name: string, fallback: number): number | undefined {
  const value = call.value(name);
  return value.kind === "absent" ? fallback : numberOf(value);
}

/** Certainly not switched on. */
function isOff(call: Call, name: string): boolean {
  const value = call.value(name);
  return value.kind === "absent" || truthOf(value) === false;
}
