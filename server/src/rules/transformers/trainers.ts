/** Trainers of a script: every call that builds one, what it is given, and which of its methods the script runs. */
import { isKindOf } from "../../knowledge/classes.js";
import { callableOf, type Callable } from "../../script/callables.js";
import type { Call } from "../../script/calls.js";
import { combinationsOf, type Combination } from "../../script/combinations.js";
import type { ClassInfo } from "../../script/functions.js";
import type { ScriptObject } from "../../script/objects.js";
import { END_OF_SCOPE } from "../../script/reaching.js";
import type { Script } from "../../script/script.js";
import { ABSENT, UNKNOWN, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import type { Span } from "../../syntax/text.js";
import { isNothing } from "../nothing.js";
import { strategyOf, withDefault } from "./schedule.js";

const TRAINER = "transformers.Trainer";

export interface Trainer {
  readonly call: Call;
  /** The canonical name of the library's class: its own, or that of which the file's class is a kind. */
  readonly className: string;
  /** The file's own class, where it derives one that keeps the library's constructor. */
  readonly ownClass: ClassInfo | undefined;
}

/** The first positional arguments of Trainer and Seq2SeqTrainer, the same in all versions. What follows them moved. */
const POSITIONS = ["model", "args", "data_collator", "train_dataset", "eval_dataset"] as const;

const known = new WeakMap<Script, readonly Trainer[]>();

/** Every call that builds a Trainer, in source order: of the libraries' classes, and of the file's own that keep the constructor. */
export function trainersOf(script: Script): readonly Trainer[] {
  let trainers = known.get(script);
  if (!trainers) {
    trainers = [...libraryTrainers(script), ...ownTrainers(script)].sort((a, b) => a.call.node - b.call.node);
    known.set(script, trainers);
  }
  return trainers;
}

function libraryTrainers(script: Script): Trainer[] {
  return script.callsTo(TRAINER).map((call) => ({ call, className: call.name ?? TRAINER, ownClass: undefined }));
}

function ownTrainers(script: Script): Trainer[] {
  return trainerClasses(script).flatMap(({ info, className }) => {
    if (script.methodOf(info, "__init__")) return [];
    return script.callsToClass(info).map((call) => ({ call, className, ownClass: info }));
  });
}

/** The file's classes that are kinds of Trainer, by their own chain of bases and nothing else. */
export function trainerClasses(script: Script): { readonly info: ClassInfo; readonly className: string }[] {
  return script.localClasses().flatMap((info) => {
    const className = script.libraryBases(info).find((base) => isKindOf(base, TRAINER));
    return className === undefined ? [] : [{ info, className }];
  });
}

/** Whether it is transformers' own Trainer or Seq2SeqTrainer, whose behaviour is known to the last method. */
export function isPlain({ className, ownClass }: Trainer): boolean {
  return !ownClass && (className === TRAINER || className === "transformers.Seq2SeqTrainer");
}

/** Methods by which a class of one's own changes how it trains and where its rows come from, and not what an evaluation gives. */
const LEAVE_EVALUATION: ReadonlySet<string> = new Set([
  "compute_loss", "training_step", "prediction_step", "get_train_dataloader", "get_eval_dataloader", "get_test_dataloader", "_get_train_sampler", "_get_eval_sampler",
  "create_optimizer", "create_scheduler", "create_optimizer_and_scheduler", "get_decay_parameter_names", "floating_point_ops", "_save", "save_model", "_inner_training_loop",
]);

/** Whether an evaluation gives what transformers' own gives: it is its own Trainer, or the file's class leaves the evaluation alone. */
export function evaluatesPlainly(script: Script, trainer: Trainer): boolean {
  const { ownClass, className } = trainer;
  if (!ownClass) return isPlain(trainer);
  const isOurs = className === TRAINER || className === "transformers.Seq2SeqTrainer";
  const classes = script.lineage(ownClass);
  const onlyIt = classes.flatMap((each) => each.bases.map((base) => script.evaluate(base))).every((base) => base.kind === "class" || (base.kind === "reference" && base.name === className));
  return isOurs && onlyIt && classes.every((each) => [...each.methods.keys()].every((method) => LEAVE_EVALUATION.has(method)));
}

/** What a Trainer is given for a parameter; unknown where a positional may be it. */
export function givenTo({ call, className }: Trainer, name: string): Value {
  const position = POSITIONS.indexOf(name as (typeof POSITIONS)[number]);
  const isOurs = className.startsWith("transformers.");
  if (position < 0 || !isOurs) {
    const sure = isOurs ? POSITIONS.length : 1;
    return call.positional.length > sure && !call.keywords.has(name) ? UNKNOWN : call.value(name);
  }
  return call.value(name, position);
}

/** Where a Trainer's argument is written: the whole `name=value`, else the name of the class that is called. */
export function placeGiven(script: Script, { call }: Trainer, name: string): Span {
  const argument = call.argument(name, POSITIONS.indexOf(name as (typeof POSITIONS)[number]));
  return argument ? script.tree.span(argument.entry) : call.nameSpan;
}

/** The one TrainingArguments object that a Trainer certainly gets; "none" where it gets none and makes its own from the defaults. */
export function argumentsOf(trainer: Trainer): ScriptObject | "none" | undefined {
  const value = givenTo(trainer, "args");
  if (isNothing(value)) return "none";
  const isArguments = value.kind === "instance" && isKindOf(value.object.className ?? "", "transformers.TrainingArguments");
  return isArguments ? value.object : undefined;
}

/** Defaults of TrainingArguments that all versions and all of the libraries' subclasses share. */
const DEFAULTS: Readonly<Record<string, { readonly type: "str" | "int" | "bool" | "none"; readonly value: string | number | boolean | null }>> = {
  eval_strategy: { type: "str", value: "no" },
  save_strategy: { type: "str", value: "steps" },
  logging_strategy: { type: "str", value: "steps" },
  max_steps: { type: "int", value: -1 },
  load_best_model_at_end: { type: "bool", value: false },
  metric_for_best_model: { type: "none", value: null },
  batch_eval_metrics: { type: "bool", value: false },
  lr_scheduler_type: { type: "str", value: "linear" },
  dataloader_num_workers: { type: "int", value: 0 },
  dataloader_persistent_workers: { type: "bool", value: false },
};

/** A field of TrainingArguments as a reader sees it, the library's default where the script says nothing. */
export function fieldOf(script: Script, args: ScriptObject | "none", name: string, reader: Node): Value {
  const written = args === "none" ? ABSENT : writtenField(script, args, name, reader);
  const fallback = DEFAULTS[name];
  return withDefault(written, fallback ? { kind: "literal", ...fallback, origin: args === "none" ? 0 : args.origin } : UNKNOWN);
}

function writtenField(script: Script, args: ScriptObject, name: string, reader: Node): Value {
  // Beyond output_dir the order of the positionals differs between versions.
  if ((args.call?.positional.length ?? 0) > 1 && args.call?.keywords.has(name) !== true) return UNKNOWN;
  const value = script.objects.fieldAt(args, name, reader);
  if (name !== "eval_strategy" || value.kind !== "absent") return value;
  return script.objects.fieldAt(args, "evaluation_strategy", reader);
}

/** Where a field got the value that a reader sees: the last write before it, else the constructor's argument. */
export function placeOfField(script: Script, args: ScriptObject, name: string, reader: Node): Span | undefined {
  const written = reader === END_OF_SCOPE ? script.eventsOf(args) : script.eventsBefore(args, reader);
  const last = written.findLast((event) => event.kind === "written" && event.field === name && event.isItem !== true);
  if (last) return script.tree.span(last.node);
  const argument = args.call?.keywords.get(name) ?? (name === "eval_strategy" ? args.call?.keywords.get("evaluation_strategy") : undefined);
  return argument && script.tree.span(argument.entry);
}

/** Whether something holds in every way in which a few values can be together; false where there is any doubt. */
export function always<Names extends string>(values: Readonly<Record<Names, Value>>, holds: (way: Combination<Names>["values"]) => boolean): boolean {
  const ways = combinationsOf(values);
  return ways !== undefined && ways.length > 0 && ways.every((way) => holds(way.values));
}

/** Whether a strategy is certainly one that evaluates during training. */
export function evaluates(strategy: Value): boolean {
  const name = strategyOf(strategy);
  return name === "steps" || name === "epoch";
}

/** The calls of a method on the object that a Trainer's call makes, in source order. */
export function callsOn(script: Script, trainer: Trainer, method: string): readonly Call[] {
  return script.callsOfMethodOn(trainer.call.node, method);
}

/** Whether the script writes an attribute of a Trainer after it was built. */
export function isRewritten(script: Script, trainer: Trainer, field: string): boolean {
  const made = script.evaluate(trainer.call.node, trainer.call.frame);
  return made.kind === "instance" && script.eventsOf(made.object).some((event) => event.kind === "escaped" || (event.kind === "written" && event.field === field));
}

/** The function of the file that a Trainer computes its metrics with. */
export function metricsFunction(script: Script, trainer: Trainer): Callable | undefined {
  return callableOf(script, givenTo(trainer, "compute_metrics"));
}

/**
 * How bad a value is that only a Trainer trips over: an error where the arguments go on to something, a warning as long as nothing in the
 * script takes them.
 */
export function severityInUse(script: Script, args: ScriptObject): "error" | "warning" {
  return script.eventsOf(args).some((event) => event.kind === "passed" || event.kind === "escaped") ? "error" : "warning";
}
