import { addArgument, addBeside, mergedEdits, pythonLiteral, replaceValue } from "../../analysis/edits.js";
import type { Edit, Fix, RelatedPlace } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Versions } from "../../environment/versions.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { showNumber } from "../../script/literals.js";
import { bestModelRuns, placeOf, problemOf, writtenName, type Schedule, type ScheduleField, type ScheduleProblem } from "./schedule.js";

export default defineRule({
  id: "transformers/strategy-mismatch",
  severity: "error",
  status: "stable",
  since: "0.1.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["load_best_model_at_end"],
  messages: {
    strategies:
      'load_best_model_at_end needs equal strategies, but save_strategy is "{save}"{saveDefault} and eval_strategy is "{eval}"{evalDefault}: raises ValueError when {class} is built.',
    multiple:
      "load_best_model_at_end needs save_steps to be a multiple of {evalName}, but {saveSteps}{saveDefault} is no multiple of {evalSteps}{evalDefault}: raises ValueError when {class} is built.",
    mixed:
      "load_best_model_at_end can't mix a ratio with a number of steps, but save_steps is {saveSteps}{saveDefault} and {evalName} {evalSteps}{evalDefault}: raises ValueError when {class} is built.",
    "float remainder":
      "save_steps={saveSteps} leaves a float remainder over {evalName}={evalSteps}: raises ValueError when {class} is built (before transformers 4.53). Make the two equal.",
    "float remainder unsure":
      "save_steps={saveSteps} leaves a float remainder over {evalName}={evalSteps}: raises ValueError before transformers 4.53, and from 4.53 on saves between evaluations. Make the two equal.",
  },
  docs: {
    summary: "load_best_model_at_end with a save schedule that does not fit the evaluation schedule.",
    why: `To load the best model at the end, the Trainer needs a checkpoint for every evaluation. \`TrainingArguments\` checks this when it is
built, with the defaults filled in (\`eval_strategy="no"\`, \`save_strategy="steps"\`, \`save_steps=500\`, \`eval_steps\` falls back to
\`logging_steps\`), and raises \`ValueError\`: usually after the imports and the model have taken their minutes. The strategies have to be equal,
and where both are \`"steps"\`, \`save_steps\` has to be a multiple of \`eval_steps\`, both as numbers of steps or both as shares of the training.

A write to an attribute afterwards (\`args.save_strategy = "epoch"\`) is not checked again: it neither causes nor cures this.
\`save_strategy="best"\` is exempt.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments(
    output_dir="out",
    eval_strategy="epoch",
    load_best_model_at_end=True,
)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments(
    output_dir="out",
    eval_strategy="epoch",
    save_strategy="epoch",
    load_best_model_at_end=True,
)
`,
      },
      {
        title: "Steps",
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="steps", eval_steps=200, load_best_model_at_end=True)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="steps", eval_steps=200, save_steps=200, load_best_model_at_end=True)
`,
      },
    ],
    references: [
      "https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py",
      "https://github.com/huggingface/transformers/pull/38217",
    ],
    silent: `Where one of the values comes from the command line, a file or a function that can't be seen; where a strategy is misspelled (that fails
earlier, for its own reason); on branches that can't run.`,
  },
  check(ctx) {
    for (const call of ctx.script.callsTo("transformers.TrainingArguments")) {
      const { runs, ways } = bestModelRuns(call);
      const failing = runs.map((run) => ({ ...run, problem: problemOf(run.schedule) })).filter((run) => run.problem !== undefined);
      const [first] = failing;
      if (!first?.problem) continue;
      const { schedule, problem } = first;
      const isFloat = problem === "float remainder";
      ctx.report({
        message: problem,
        ...(isFloat ? { unsure: "float remainder unsure", when: { transformers: "<4.53" } } : {}),
        // On one of several ways through the script it still fails, but perhaps nobody takes it.
        severity: failing.length === ways ? "error" : "warning",
        data: dataOf(call, schedule),
        at: placeOf(ctx.script, call, problem === "strategies" ? ["save_strategy", "load_best_model_at_end"] : ["save_steps", "eval_steps", "load_best_model_at_end"]),
        raises: "ValueError",
        related: relatedOf(ctx.script, call, problem),
        fixes: ways === 1 ? fixesOf(ctx.script, call, schedule, problem, ctx.versionsAt(call.span.start)) : [],
      });
    }
  },
});

function dataOf(call: Call, schedule: Schedule): Record<string, string> {
  const isWritten = (field: ScheduleField): boolean => call.keywords.has(writtenName(call, field));
  const asDefault = (field: ScheduleField): string => (isWritten(field) ? "" : " (the default)");
  return {
    class: call.name?.split(".").at(-1) ?? "TrainingArguments",
    save: schedule.saveStrategy,
    eval: schedule.evalStrategy,
    saveSteps: steps(schedule.saveSteps),
    evalSteps: steps(schedule.evalSteps),
    evalName: schedule.evalStepsFrom === "eval_steps" ? "eval_steps" : "eval_steps (from logging_steps)",
    saveDefault: asDefault(schedule.saveSteps === undefined ? "save_strategy" : "save_steps"),
    evalDefault: asDefault(schedule.evalSteps === undefined ? "eval_strategy" : schedule.evalStepsFrom),
  };
}

function steps(value: number | undefined): string {
  return value === undefined ? "" : showNumber(value, "int");
}

function relatedOf(script: Script, call: Call, problem: ScheduleProblem): RelatedPlace[] {
  const fields: readonly ScheduleField[] = problem === "strategies" ? ["eval_strategy", "load_best_model_at_end"] : ["eval_steps", "load_best_model_at_end"];
  return fields.flatMap((field) => {
    const argument = call.keywords.get(writtenName(call, field));
    return argument ? [{ message: `${field} is set here`, range: script.tree.span(argument.entry) }] : [];
  });
}

function fixesOf(script: Script, call: Call, schedule: Schedule, problem: ScheduleProblem, versions: Versions): Fix[] {
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
    const value = steps(saveSteps);
    const edit = addBesideOrLast(script, call, writtenName(call, "eval_strategy"), "eval_steps", value);
    return edit ? [{ title: `Add \`eval_steps=${value}\` (evaluates when it saves)`, safety: "unsafe", edits: [edit] }] : [];
  }
  const fixes: Fix[] = [];
  const value = sourceOrLiteral(script, call, "eval_steps", evalSteps);
  const equal = setBeside(script, call, "save_steps", value, "eval_steps");
  if (equal) fixes.push({ title: `Set \`save_steps=${value}\`, as eval_steps`, safety: "safe", edits: [equal] });
  if (evalSteps >= 1 && saveSteps > evalSteps) {
    const nearest = steps(Math.round(saveSteps / evalSteps) * evalSteps);
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
