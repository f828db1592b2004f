import { pythonLiteral, replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { nearestName } from "../../config/nearestName.js";
import { returnedKeys } from "../../script/datasets.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { always, argumentsOf, callsOn, evaluates, evaluatesPlainly, fieldOf, givenTo, isRewritten, metricsFunction, placeOfField, trainersOf, type Trainer } from "./trainers.js";

/** What every evaluation reports besides `compute_metrics`. */
const BUILT_IN: ReadonlySet<string> = new Set(["loss", "runtime", "samples_per_second", "steps_per_second", "model_preparation_time", "jit_compilation_time"]);
/** With `skip_memory_metrics=False`. */
const MEMORY = /^(init_|before_init_)?mem_/;

export default defineRule({
  id: "transformers/metric-not-computed",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["metric_for_best_model", "load_best_model_at_end"],
  messages: {
    notReturned: 'metric_for_best_model is "{metric}", but compute_metrics returns {keys}: raises KeyError at the first evaluation. Name one of these, or return "{metric}" too.',
    notReturnedOld: 'metric_for_best_model is "{metric}", but compute_metrics returns {keys}: raises KeyError at the first evaluation (before transformers 4.47 only if a checkpoint is saved then). Name one of these.',
    noFunction: 'metric_for_best_model is "{metric}", but there is no compute_metrics: raises KeyError at the first evaluation. Pass compute_metrics, or use "loss".',
    noFunctionOld: 'metric_for_best_model is "{metric}", but there is no compute_metrics: raises KeyError at the first evaluation (before transformers 4.47 only if a checkpoint is saved then). Use "loss".',
    severalSets: "With a dict of evaluation sets there is no eval_loss, only eval_<name>_loss: raises KeyError at the first evaluation. Set metric_for_best_model to one of those.",
  },
  docs: {
    summary: "metric_for_best_model names a metric that no evaluation computes.",
    why: `The Trainer looks up \`metric_for_best_model\` (with \`eval_\` in front, if it isn't there) among the metrics of each evaluation. There are \`loss\`, the
timings, and what \`compute_metrics\` returns; anything else is a \`KeyError\` at the first evaluation, after the first epoch or the first \`eval_steps\`. From
transformers 4.47 on this happens also without \`load_best_model_at_end\`, as soon as a metric is named.

There is no \`train_loss\` among them. With a dict of evaluation sets every metric carries the name of its set, so plain \`loss\`, the default, doesn't exist.`,
    examples: [
      {
        bad: `from transformers import Trainer, TrainingArguments


def compute_metrics(p):
    return {"accuracy": (p.predictions.argmax(-1) == p.label_ids).mean()}


args = TrainingArguments(
    "out",
    eval_strategy="epoch",
    save_strategy="epoch",
    load_best_model_at_end=True,
    metric_for_best_model="f1",
)
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test, compute_metrics=compute_metrics)
`,
        good: `from transformers import Trainer, TrainingArguments


def compute_metrics(p):
    return {"accuracy": (p.predictions.argmax(-1) == p.label_ids).mean()}


args = TrainingArguments(
    "out",
    eval_strategy="epoch",
    save_strategy="epoch",
    load_best_model_at_end=True,
    metric_for_best_model="accuracy",
)
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test, compute_metrics=compute_metrics)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/trainer.py", "https://github.com/huggingface/transformers/pull/31817"],
    silent: `Where what \`compute_metrics\` returns can't be seen in full; where a class or a callback of the script may change the metrics; where nothing is
evaluated during training.`,
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      const args = argumentsOf(trainer);
      if (!evaluatesPlainly(script, trainer) || !args || args === "none" || mayChangeMetrics(script, trainer)) continue;
      const reader = callsOn(script, trainer, "train")[0]?.node ?? trainer.call.node;
      const field = (name: string): Value => fieldOf(script, args, name, reader);
      const metric = field("metric_for_best_model");
      const best = field("load_best_model_at_end");
      const isBest = truthOf(best) === true;
      const named = stringOf(metric);
      const dataset = givenTo(trainer, "eval_dataset");
      const isUsed = always({ strategy: field("eval_strategy"), batched: field("batch_eval_metrics") }, (way) => evaluates(way.strategy) && truthOf(way.batched) === false);
      if (!isUsed || (named === undefined && !(isNothing(metric) && isBest)) || isNothing(dataset)) continue;
      const wanted = (named ?? "loss").replace(/^eval_/, "");
      const computed = computedKeys(script, trainer);
      if (!computed || isAmong(wanted, computed, dataset)) continue;
      const isKnownSet = wanted === "loss";
      const hasFunction = computed.size > 0;
      const at = placeOfField(script, args, named === undefined ? "load_best_model_at_end" : "metric_for_best_model", reader);
      if (!at) continue;
      ctx.report({
        message: isKnownSet ? "severalSets" : hasFunction ? "notReturned" : "noFunction",
        // Before 4.47 the metric is looked up only where an evaluation is saved, which load_best_model_at_end makes sure of.
        ...(isBest ? {} : { when: { transformers: ">=4.47" }, unsure: isKnownSet ? "severalSets" : hasFunction ? "notReturnedOld" : "noFunctionOld" }),
        data: { metric: named ?? "loss", keys: shownKeys(computed) },
        at,
        raises: "KeyError",
        related: functionPlace(script, trainer),
        fixes: fixesOf(script, args, wanted, [...computed]),
      });
    }
  },
});

/** The keys that `compute_metrics` certainly returns and no others; none without one; undefined where that isn't known. */
function computedKeys(script: Script, trainer: Trainer): ReadonlySet<string> | undefined {
  if (isNothing(givenTo(trainer, "compute_metrics"))) return new Set();
  const callable = metricsFunction(script, trainer);
  if (!callable || callable.function.decorators.length > 0 || callable.function.isGenerator) return undefined;
  const { names, open } = returnedKeys(script, script.returnValue(callable.function));
  return open ? undefined : new Set([...names].map((name) => name.replace(/^eval_/, "")));
}

/** Whether an evaluation has the metric: by itself, or, where there may be several evaluation sets, with the name of one in front. */
function isAmong(wanted: string, computed: ReadonlySet<string>, dataset: Value): boolean {
  const exists = (name: string): boolean => BUILT_IN.has(name) || computed.has(name) || MEMORY.test(name);
  const sets = setNames(dataset);
  if (sets === "one") return exists(wanted);
  if (sets === "perhaps several") return exists(wanted) || [...BUILT_IN, ...computed].some((name) => wanted.endsWith(`_${name}`));
  return sets.open || sets.names.some((set) => wanted.startsWith(`${set}_`) && exists(wanted.slice(set.length + 1)));
}

function setNames(dataset: Value): "one" | "perhaps several" | { readonly names: readonly string[]; readonly open: boolean } {
  if (dataset.kind === "record") return { names: [...dataset.entries.keys()], open: dataset.open };
  return isOneDataset(dataset) ? "one" : "perhaps several";
}

/** Whether a value is certainly a single dataset: a split of what was loaded, rows of it, an object of the script's own class. */
function isOneDataset(value: Value): boolean {
  if (value.kind === "instance") return value.object.localClass !== undefined;
  if (value.kind === "item") return stringOf(value.key) !== undefined && value.object.kind === "call";
  if (value.kind !== "call") return false;
  const { call } = value;
  if (call.name === "datasets.load_dataset") return stringOf(call.value("split")) !== undefined;
  if (call.name?.startsWith("datasets.Dataset.from_") || call.method === "select") return true;
  return ["map", "filter", "shuffle"].includes(call.method) && call.receiver !== undefined && isOneDataset(call.receiver);
}

/** Whether something of the script may add metrics: a callback with `on_evaluate`, one that can't be seen, a method put on the Trainer. */
function mayChangeMetrics(script: Script, trainer: Trainer): boolean {
  if (["compute_metrics", "evaluate", "evaluation_loop", "log", "eval_dataset"].some((name) => isRewritten(script, trainer, name))) return true;
  const callbacks = [givenTo(trainer, "callbacks"), ...callsOn(script, trainer, "add_callback").map((call) => call.value("callback", 0))];
  return callbacks.some((value) => !isNothing(value) && !isHarmlessCallback(script, value));
}

function isHarmlessCallback(script: Script, value: Value): boolean {
  if (value.kind === "sequence") return !value.open && value.items.every((item) => isHarmlessCallback(script, item));
  if (value.kind === "reference") return value.name.startsWith("transformers.");
  const local = value.kind === "class" ? value.class : value.kind === "instance" ? value.object.localClass : undefined;
  if (local) return !script.methodOf(local, "on_evaluate") && script.libraryBases(local).every((base) => base === "transformers.TrainerCallback");
  return value.kind === "instance" && value.object.className?.startsWith("transformers.") === true;
}

function shownKeys(keys: ReadonlySet<string>): string {
  const shown = [...keys].slice(0, 4).map((key) => `"${key}"`);
  return keys.size > shown.length ? `${shown.join(", ")} ...` : shown.join(", ");
}

function functionPlace(script: Script, trainer: Trainer): { readonly message: string; readonly range: { readonly start: number; readonly end: number } }[] {
  const callable = metricsFunction(script, trainer);
  const [first] = callable?.function.returns ?? [];
  return first ? [{ message: "what compute_metrics returns", range: script.tree.span(first.statement) }] : [];
}

function fixesOf(script: Script, args: ScriptObject, wanted: string, computed: readonly string[]): Fix[] {
  const argument = args.call?.keywords.get("metric_for_best_model");
  if (argument?.value.kind !== "literal") return [];
  const near = nearestName(wanted, [...computed, "loss"].filter((name) => name !== wanted));
  if (near !== undefined) return [{ title: `Set \`metric_for_best_model="${near}"\``, safety: "safe", edits: [replaceValue(script, argument, pythonLiteral(near))] }];
  return computed.slice(0, 3).map((name) => ({ title: `Set \`metric_for_best_model="${name}"\` (another metric decides)`, safety: "unsafe", edits: [replaceValue(script, argument, pythonLiteral(name))] }));
}
