/**
 * One name for one thing, however a script imports it: `transformers.training_args.TrainingArguments` is
 * `transformers.TrainingArguments`, `simpletransformers.classification.ClassificationArgs` is `simpletransformers.ClassificationArgs`.
 */

import { Remembered } from "./remembered.js";

/** Packages whose public names are unique over all their modules, so that the modules between can be left out. */
const FLAT_PACKAGES: ReadonlySet<string> = new Set(["transformers", "trl", "peft", "accelerate", "datasets", "simpletransformers", "evaluate"]);

/** Functions (a lower-case last name alone could as well be a module) that are exported at the top. */
const TOP_LEVEL_FUNCTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  transformers: new Set(["pipeline", "set_seed", "default_data_collator", "get_scheduler", "get_linear_schedule_with_warmup"]),
  peft: new Set(["get_peft_model", "prepare_model_for_kbit_training", "prepare_model_for_int8_training", "get_peft_config", "inject_adapter_in_model"]),
  datasets: new Set(["load_dataset", "load_from_disk", "concatenate_datasets", "interleave_datasets", "load_metric"]),
  accelerate: new Set(["notebook_launcher", "init_empty_weights", "load_checkpoint_and_dispatch"]),
  evaluate: new Set(["load", "combine"]),
};

/** Modules of a flat package whose names differ from those at the top. */
const APART = /\.(experimental|losses|evaluation|sampler)\./;

export function canonicalName(path: string): string {
  return canonicalNames.get(path);
}

const canonicalNames = new Remembered(canonical);

function canonical(path: string): string {
  const [root = "", ...rest] = path.split(".");
  if (rest.length < 2 || !FLAT_PACKAGES.has(root) || APART.test(`${path}.`)) return path;
  // Everything up to the first class name is modules; what follows it is members.
  const first = rest.findIndex((segment) => /^_?[A-Z]/.test(segment));
  if (first >= 0) return [root, ...rest.slice(first)].join(".");
  const last = rest[rest.length - 1] ?? "";
  return TOP_LEVEL_FUNCTIONS[root]?.has(last) ? `${root}.${last}` : path;
}
