/** How a save schedule is made to fit the evaluation's, where `load_best_model_at_end` needs that. */
import { addArgument, addBeside, mergedEdits, pythonLiteral, replaceValue } from "../../analysis/edits.js";
import type { Edit, Fix } from "../../analysis/finding.js";
import type { Versions } from "../../environment/versions.js";
import type { Call } from "../../script/calls.js";
import { showNumber } from "../../script/literals.js";
import type { Script } from "../../script/script.js";
import { writtenName, type Schedule, type ScheduleField, type ScheduleProblem } from "./schedule.js";

/** The fixes of a save schedule that doesn't fit the evaluation's: the one that is meant for certain first. */
export function scheduleFixes(script: Script, call: Call, schedule: Schedule, problem: ScheduleProblem, versions: Versions): Fix[] {
  if (problem !== "strategies") return stepFixes(script, call, schedule);
  const evaluation = call.keywords.get(writtenName(call, "eval_strategy"));
  if (!evaluation || schedule.evalStrategy === "no") {
    const name = evaluation ? writtenName(call, "eval_strategy") : versions.holds({ transformers: "<4.41" }) === "always" ? "evaluation_strategy" : "eval_strategy";
    const value = pythonLiteral(schedule.saveStrategy);
    const edit = evaluation ? replaceValue(script, evaluation, value) : addBesideOrLast(script, call, "load_best_model_at_end", name, value);
    return edit ? [{ title: `Set \`${name}=${value}\` (evaluates during training: needs an eval_dataset)`, safety: "unsafe", edits: [edit] }] : [];
  }
  const value = sourceOrLiteral(script, call, "eval_strategy", schedule.evalStrategy);
  const edits = [setBeside(script, call, "save_strategy", value, "eval_strategy")];
  // Strategies alone are not enough where both then go by steps.
  if (schedule.evalStrategy === "steps") edits.push(...matchingSteps(script, call));
  const all = edits.filter((edit) => edit !== undefined);
  const title = edits.length > 1 ? "Save as often as it evaluates (`save_strategy`, `save_steps`)" : `Set \`save_strategy=${value}\`, as the evaluation's`;
  return all.length === edits.length ? [{ title, safety: "safe", edits: mergedEdits(all) }] : [];
}

/** The edits that make save_steps fit once both strategies are "steps": none when they fit already. */
function matchingSteps(script: Script, call: Call): (Edit | undefined)[] {
  const source = call.keywords.has("eval_steps") ? "eval_steps" : "logging_steps";
  const evalSteps = call.keywords.get(source);
  if (!evalSteps) return call.keywords.has("save_steps") ? [undefined] : [];
  const value = script.tree.textOf(evalSteps.node);
  return evalSteps.value.kind === "literal" ? [setBeside(script, call, "save_steps", value, source)] : [undefined];
}

function stepFixes(script: Script, call: Call, schedule: Schedule): Fix[] {
  const { evalSteps = 0, saveSteps = 0 } = schedule;
  if (schedule.evalStepsFrom === "logging_steps") {
    const value = shownSteps(saveSteps);
    const edit = addBesideOrLast(script, call, writtenName(call, "eval_strategy"), "eval_steps", value);
    return edit ? [{ title: `Add \`eval_steps=${value}\` (evaluates when it saves)`, safety: "unsafe", edits: [edit] }] : [];
  }
  const fixes: Fix[] = [];
  const value = sourceOrLiteral(script, call, "eval_steps", evalSteps);
  const equal = setBeside(script, call, "save_steps", value, "eval_steps");
  if (equal) fixes.push({ title: `Set \`save_steps=${value}\`, as eval_steps`, safety: "safe", edits: [equal] });
  if (evalSteps >= 1 && saveSteps > evalSteps) {
    const nearest = shownSteps(Math.round(saveSteps / evalSteps) * evalSteps);
    const edit = setBeside(script, call, "save_steps", nearest, "eval_steps");
    if (edit) fixes.push({ title: `Set \`save_steps=${nearest}\`, the nearest multiple (not every evaluation gets a checkpoint)`, safety: "unsafe", edits: [edit] });
  }
  return fixes;
}

/** How the argument is written, where that is a literal or stands in this very call; else its value as a literal. */
function sourceOrLiteral(script: Script, call: Call, field: ScheduleField, value: string | number): string {
  const argument = call.keywords.get(writtenName(call, field));
  const isHere = argument?.via === "keyword" || argument?.value.kind === "literal";
  return argument && isHere && argument.via === "keyword" ? script.tree.textOf(argument.node) : pythonLiteral(value);
}

/** Sets an argument: where it is written, else beside another one. */
function setBeside(script: Script, call: Call, name: ScheduleField, value: string, beside: ScheduleField): Edit | undefined {
  const written = call.keywords.get(name);
  return written ? replaceValue(script, written, value) : addBesideOrLast(script, call, writtenName(call, beside), name, value);
}

function addBesideOrLast(script: Script, call: Call, beside: string, name: string, value: string): Edit | undefined {
  const neighbour = call.keywords.get(beside);
  return neighbour ? addBeside(script, neighbour, name, value) : addArgument(script, call, name, value);
}

/** A number of steps, or a share of them, as it is written; nothing where there is none. */
export function shownSteps(value: number | undefined): string {
  return value === undefined ? "" : showNumber(value, "int");
}
