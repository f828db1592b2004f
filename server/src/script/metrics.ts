/** Metrics of the `evaluate` library: which one a value is, and what its `compute()` gives. */
import { metricResult, type MetricResult } from "../knowledge/metrics.js";
import type { Call } from "./calls.js";
import { stringOf, type Value } from "./values.js";

const LOADERS: ReadonlySet<string> = new Set(["evaluate.load", "datasets.load_metric"]);

/** Arguments of `compute()` that choose which keys the result has. */
const CHOOSING = ["rouge_types", "return_pvalue", "return_all"] as const;

/** What a call of a metric's `compute()` gives; undefined when the metric isn't known or the call is no such call. */
export function computedBy(call: Call): MetricResult | undefined {
  if (call.method !== "compute" || CHOOSING.some((name) => call.keywords.has(name))) return undefined;
  return resultOf(call.receiver);
}

function resultOf(metric: Value | undefined): MetricResult | undefined {
  if (metric?.kind !== "call") return undefined;
  const { call } = metric;
  if (call.name === "evaluate.combine") return combined(call);
  if (!LOADERS.has(call.name ?? "")) return undefined;
  const name = stringOf(call.value("path", 0));
  return name === undefined ? undefined : metricResult(name, stringOf(call.value("config_name", 1)));
}

/** `evaluate.combine(["accuracy", "f1"])` gives the keys of all; a key that two of them have gets a prefix, so that is left alone. */
function combined(call: Call): MetricResult | undefined {
  const parts = call.value("evaluations", 0);
  if (parts.kind !== "sequence" || parts.open || call.keywords.has("force_prefix")) return undefined;
  const keys: string[] = [];
  for (const part of parts.items) {
    const name = stringOf(part);
    const result = name === undefined ? resultOf(part) : metricResult(name, undefined);
    if (!result || result === "number" || result.open || result.keys.some((key) => keys.includes(key))) return undefined;
    keys.push(...result.keys);
  }
  return { keys, open: false };
}
