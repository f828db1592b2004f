/** What a script's numbers amount to, shown behind them: the batch that the optimizer sees, what a ratio of steps is, how often it evaluates. */
import type { Call } from "../script/calls.js";
import type { Script } from "../script/script.js";
import { numberOf, stringOf, truthOf } from "../script/values.js";
import type { Span } from "../syntax/text.js";

export type InlayHintKind = "batchSize" | "ratios" | "evaluations";

export interface InlayHint {
  readonly kind: InlayHintKind;
  /** Right behind the argument it is about. */
  readonly offset: number;
  readonly label: string;
  /** How the number comes about. */
  readonly tooltip: string;
}

/** @param range only hints in it are asked for. */
export function inlayHintsIn(script: Script, range: Span, kinds: ReadonlySet<InlayHintKind>): InlayHint[] {
  const hints: InlayHint[] = [];
  for (const call of script.callsTo("transformers.TrainingArguments")) {
    // An argument that came by `**` may stand far from the call.
    if (kinds.has("batchSize")) hints.push(...batchSize(script, call));
    if (kinds.has("ratios")) hints.push(...ratios(script, call));
    if (kinds.has("evaluations")) hints.push(...evaluations(script, call));
  }
  return hints.filter(({ offset }) => range.start <= offset && offset <= range.end);
}

/** A value that may be left to its default: undefined where it isn't known. */
function numberIn(call: Call, name: string, fallback: number | undefined): number | undefined {
  const value = call.value(name);
  return value.kind === "absent" ? fallback : numberOf(value);
}

function endOf(script: Script, call: Call, name: string): number | undefined {
  const argument = call.keywords.get(name);
  return argument && script.tree.end(argument.entry);
}

function batchSize(script: Script, call: Call): InlayHint[] {
  const offset = endOf(script, call, "gradient_accumulation_steps");
  const accumulation = numberIn(call, "gradient_accumulation_steps", 1);
  // The batch size that is found may be any.
  if (call.keywords.has("auto_find_batch_size")) return [];
  const perDevice = numberIn(call, "per_device_train_batch_size", 8);
  if (offset === undefined || accumulation === undefined || perDevice === undefined || accumulation <= 1 || !Number.isInteger(accumulation * perDevice)) return [];
  const isDefault = !call.keywords.has("per_device_train_batch_size");
  return [
    {
      kind: "batchSize",
      offset,
      label: `${accumulation * perDevice} per GPU and step`,
      tooltip: `The optimizer sees ${perDevice} (per_device_train_batch_size${isDefault ? ", the default" : ""}) × ${accumulation} (gradient_accumulation_steps) = ${accumulation * perDevice} examples per GPU, times the number of GPUs.`,
    },
  ];
}

/** The total, where `max_steps` says it: by epochs it depends on the dataset and the number of GPUs. */
function totalSteps(call: Call): number | undefined {
  const total = numberIn(call, "max_steps", undefined);
  return total !== undefined && total > 0 && Number.isInteger(total) ? total : undefined;
}

function ratios(script: Script, call: Call): InlayHint[] {
  const total = totalSteps(call);
  if (total === undefined) return [];
  return ["eval_steps", "save_steps", "logging_steps"].flatMap((name) => {
    const offset = endOf(script, call, name);
    const ratio = numberIn(call, name, undefined);
    if (offset === undefined || ratio === undefined || ratio <= 0 || ratio >= 1) return [];
    // TrainerState.compute_steps: math.ceil(max_steps * value).
    const steps = Math.ceil(total * ratio);
    return [{ kind: "ratios", offset, label: steps === 1 ? "every step" : `every ${steps} steps`, tooltip: `${name}=${ratio} is a share of max_steps=${total}: ⌈${total} × ${ratio}⌉ = ${steps}.` }];
  });
}

function evaluations(script: Script, call: Call): InlayHint[] {
  const name = call.keywords.has("eval_strategy") ? "eval_strategy" : "evaluation_strategy";
  const offset = endOf(script, call, name);
  const strategy = stringOf(call.value(name));
  // A delay shifts them and an evaluation at the start adds one: then the count is left to the reader.
  const isPlain = call.value("eval_delay").kind === "absent" && (call.value("eval_on_start").kind === "absent" || truthOf(call.value("eval_on_start")) === false);
  if (offset === undefined || !isPlain) return [];
  const found = strategy === "epoch" ? byEpoch(call) : strategy === "steps" ? bySteps(call) : undefined;
  if (!found) return [];
  return [{ kind: "evaluations", offset, label: found.count === 1 ? "1 evaluation" : `${found.count} evaluations`, tooltip: found.why }];
}

function byEpoch(call: Call): { count: number; why: string } | undefined {
  const epochs = numberIn(call, "num_train_epochs", 3);
  const bySteps = call.value("max_steps");
  const isByEpochs = bySteps.kind === "absent" || (numberOf(bySteps) ?? 1) <= 0;
  if (epochs === undefined || !isByEpochs || epochs <= 0) return undefined;
  const count = Math.ceil(epochs);
  return { count, why: `One at the end of each of ${count} epochs${call.keywords.has("num_train_epochs") ? "" : " (the default)"}.` };
}

function bySteps(call: Call): { count: number; why: string } | undefined {
  const total = totalSteps(call);
  const written = call.keywords.has("eval_steps") ? "eval_steps" : "logging_steps";
  const value = numberIn(call, written, 500);
  if (total === undefined || value === undefined || value <= 0) return undefined;
  const every = value < 1 ? Math.ceil(total * value) : value;
  if (!Number.isInteger(every)) return undefined;
  const count = Math.floor(total / every);
  return { count, why: `Every ${every} of ${total} steps${written === "eval_steps" ? "" : call.keywords.has(written) ? " (eval_steps falls back to logging_steps)" : " (the default)"}.` };
}
