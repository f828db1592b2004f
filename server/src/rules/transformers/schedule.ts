/**
 * How TrainingArguments checks the saving schedule of a best-model run against its evaluation schedule.
 *
 * Ported literally from `TrainingArguments.__post_init__` (4.x) and `_validate_args` (5.x) in
 * transformers/training_args.py, remainders included: Python's float `%` on positives is IEEE's fmod, as JavaScript's is.
 */
import type { Call } from "../../script/calls.js";
import { combinationsOf, type Combination } from "../../script/combinations.js";
import { pythonRemainder } from "../../script/folding.js";
import type { Script } from "../../script/script.js";
import { numberOf, stringOf, truthOf, type Literal, type Value } from "../../script/values.js";
import { isNone } from "../nothing.js";

export const scheduleFields = ["load_best_model_at_end", "eval_strategy", "save_strategy", "eval_steps", "save_steps", "logging_steps", "max_steps"] as const;
export type ScheduleField = (typeof scheduleFields)[number];

/** One way the arguments can be, every value settled. */
export interface Schedule {
  readonly evalStrategy: string;
  readonly saveStrategy: string;
  /** After the fall-back to `logging_steps`. Undefined when evaluation doesn't go by steps. */
  readonly evalSteps: number | undefined;
  readonly saveSteps: number | undefined;
  readonly evalStepsFrom: "eval_steps" | "logging_steps";
  readonly maxSteps: number | undefined;
}

export type ScheduleProblem =
  /** The two strategies differ. */
  | "strategies"
  /** Both absolute (or both ratios), and the one is no multiple of the other. */
  | "multiple"
  /** One a ratio, the other absolute. */
  | "mixed"
  /** Two ratios whose float remainder isn't exactly 0: raises up to transformers 4.52 only. */
  | "float remainder";

/** Shares of the planned steps are compared in millionths. */
const LARGE_MULTIPLIER = 1_000_000;

/** What TrainingArguments raises about a schedule with `load_best_model_at_end=True`; undefined when it accepts it. */
export function problemOf(schedule: Schedule): ScheduleProblem | undefined {
  const { evalStrategy, saveStrategy, evalSteps, saveSteps } = schedule;
  if (saveStrategy === "best") return undefined;
  if (evalStrategy !== saveStrategy) return "strategies";
  if (evalStrategy !== "steps" || evalSteps === undefined || saveSteps === undefined) return undefined;
  if (pythonRemainder(saveSteps, evalSteps) === 0) return undefined;
  if (evalSteps < 1 || saveSteps < 1) {
    if (!(evalSteps < 1 && saveSteps < 1)) return "mixed";
    return pythonRemainder(saveSteps * LARGE_MULTIPLIER, evalSteps * LARGE_MULTIPLIER) !== 0 ? "multiple" : "float remainder";
  }
  return "multiple";
}

const EVAL_STRATEGIES: ReadonlySet<string> = new Set(["no", "steps", "epoch"]);
const SAVE_STRATEGIES: ReadonlySet<string> = new Set(["no", "steps", "epoch", "best"]);

const DEFAULT_STEPS = 500;
/** SFTConfig from trl 0.19 and the other TRL configs log every 10 steps; before, 500. So theirs is not known without the version. */
const EXACT_CLASSES: ReadonlySet<string> = new Set(["transformers.TrainingArguments", "transformers.Seq2SeqTrainingArguments"]);

/** The arguments as TrainingArguments gets them: what was written, else the library's default where that is the same in all versions. */
export function scheduleValues(call: Call): Record<ScheduleField, Value> {
  const defaults: Record<ScheduleField, Literal["value"] | undefined> = {
    load_best_model_at_end: false,
    eval_strategy: "no",
    save_strategy: "steps",
    eval_steps: null,
    save_steps: DEFAULT_STEPS,
    logging_steps: EXACT_CLASSES.has(call.name ?? "") ? DEFAULT_STEPS : undefined,
    max_steps: -1,
  };
  const values = {} as Record<ScheduleField, Value>;
  for (const field of scheduleFields) {
    const written = writtenValue(call, field);
    const fallback = defaults[field];
    values[field] = withDefault(written, fallback === undefined ? { kind: "unknown" } : literalOf(fallback, call));
  }
  return values;
}

/** `evaluation_strategy` is the same argument's name up to 4.45. */
export function writtenName(call: Call, field: ScheduleField): string {
  return field === "eval_strategy" && !call.keywords.has(field) && call.keywords.has("evaluation_strategy") ? "evaluation_strategy" : field;
}

function writtenValue(call: Call, field: ScheduleField): Value {
  // Beyond output_dir the order of the positionals differs between versions.
  if (call.positional.length > 1 && !call.keywords.has(writtenName(call, field))) return { kind: "unknown" };
  return call.value(writtenName(call, field));
}

function literalOf(value: NonNullable<Literal["value"]> | null, call: Call): Literal {
  const type = value === null ? "none" : typeof value === "string" ? "str" : typeof value === "boolean" ? "bool" : "int";
  return { kind: "literal", type, value, origin: call.node };
}

/** A value with the library's default where nothing was written, on each branch. */
export function withDefault(value: Value, fallback: Value): Value {
  if (value.kind === "absent") return fallback;
  if (value.kind !== "oneOf") return value;
  return { kind: "oneOf", alternatives: value.alternatives.map((each) => ({ ...each, value: withDefault(each.value, fallback) })) };
}

/** A way through the script in which the best model is wanted, with its schedule where everything that matters is known. */
export interface BestModelRun {
  readonly schedule: Schedule;
  readonly conditions: Combination<ScheduleField>["conditions"];
}

/**
 * Every way in which `load_best_model_at_end` is certainly true and the schedule is known and otherwise accepted. `ways` counts all
 * consistent ways, known or not, so that a caller can tell "always" from "on one branch".
 */
export function bestModelRuns(call: Call): BestModelRuns {
  let runs = known.get(call);
  if (!runs) {
    runs = findBestModelRuns(call);
    known.set(call, runs);
  }
  return runs;
}

export interface BestModelRuns {
  readonly runs: readonly BestModelRun[];
  readonly ways: number;
}

/** Three rules ask the same of each call. */
const known = new WeakMap<Call, BestModelRuns>();

function findBestModelRuns(call: Call): BestModelRuns {
  const wanted = writtenValue(call, "load_best_model_at_end");
  if (wanted.kind === "absent" || truthOf(wanted) === false) return { runs: [], ways: 0 };
  const values = scheduleValues(call);
  const combinations = combinationsOf(values) ?? [];
  const runs: BestModelRun[] = [];
  for (const { values: way, conditions } of combinations) {
    const schedule = truthOf(way.load_best_model_at_end) === true ? settled(way) : undefined;
    if (schedule) runs.push({ schedule, conditions });
  }
  return { runs, ways: combinations.length };
}

/** The schedule after TrainingArguments has filled in and checked each part; undefined when it isn't known or fails for another reason. */
function settled(way: Combination<ScheduleField>["values"]): Schedule | undefined {
  const evalStrategy = strategyOf(way.eval_strategy);
  const saveStrategy = strategyOf(way.save_strategy);
  if (evalStrategy === undefined || saveStrategy === undefined) return undefined;
  if (!EVAL_STRATEGIES.has(evalStrategy) || !SAVE_STRATEGIES.has(saveStrategy)) return undefined;
  const bySteps = evalStrategy === "steps" && saveStrategy === "steps";
  const written = stepsOf(way.eval_steps);
  const inherits = written === "none" || written === 0;
  const evalSteps = inherits ? stepsOf(way.logging_steps) : written;
  const saveSteps = stepsOf(way.save_steps);
  const maxSteps = numberOf(way.max_steps);
  const parts = { evalStrategy, saveStrategy, evalStepsFrom: inherits ? "logging_steps" : "eval_steps", maxSteps } as const;
  if (!bySteps) return { ...parts, evalSteps: undefined, saveSteps: undefined };
  if (typeof evalSteps !== "number" || typeof saveSteps !== "number") return undefined;
  // Steps above 1 with a fraction, and negative ones, fail or mean something else: transformers/invalid-number.
  if (evalSteps <= 0 || saveSteps < 0 || isFractional(evalSteps) || isFractional(saveSteps)) return undefined;
  return { ...parts, evalSteps, saveSteps };
}

function isFractional(steps: number): boolean {
  return steps > 1 && !Number.isInteger(steps);
}

function stepsOf(value: Value): number | "none" | undefined {
  if (isNone(value)) return "none";
  return numberOf(value);
}

/** A strategy written as text or as an enum member (`IntervalStrategy.STEPS`). */
export function strategyOf(value: Value): string | undefined {
  if (value.kind === "reference") return /^transformers\.(?:IntervalStrategy|SaveStrategy|EvaluationStrategy)\.([A-Z]+)$/.exec(value.name)?.[1]?.toLowerCase();
  return stringOf(value);
}

/** Where a finding about one of these arguments belongs: the first that is written, else the called name. */
export function placeOf(script: Script, call: Call, fields: readonly ScheduleField[]): { readonly start: number; readonly end: number } {
  for (const field of fields) {
    const argument = call.keywords.get(writtenName(call, field));
    if (argument) return script.tree.span(argument.entry);
  }
  return call.nameSpan;
}
