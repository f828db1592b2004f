import type { RelatedPlace } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { bestModelRuns, placeOf, problemOf, writtenName, type Schedule, type ScheduleField, type ScheduleProblem } from "./schedule.js";
import { scheduleFixes, shownSteps } from "./scheduleFixes.js";

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
        fixes: ways === 1 ? scheduleFixes(ctx.script, call, schedule, problem, ctx.versionsAt(call.span.start)) : [],
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
    saveSteps: shownSteps(schedule.saveSteps),
    evalSteps: shownSteps(schedule.evalSteps),
    evalName: schedule.evalStepsFrom === "eval_steps" ? "eval_steps" : "eval_steps (from logging_steps)",
    saveDefault: asDefault(schedule.saveSteps === undefined ? "save_strategy" : "save_steps"),
    evalDefault: asDefault(schedule.evalSteps === undefined ? "eval_strategy" : schedule.evalStepsFrom),
  };
}

function relatedOf(script: Script, call: Call, problem: ScheduleProblem): RelatedPlace[] {
  const fields: readonly ScheduleField[] = problem === "strategies" ? ["eval_strategy", "load_best_model_at_end"] : ["eval_steps", "load_best_model_at_end"];
  return fields.flatMap((field) => {
    const argument = call.keywords.get(writtenName(call, field));
    return argument ? [{ message: `${field} is set here`, range: script.tree.span(argument.entry) }] : [];
  });
}
