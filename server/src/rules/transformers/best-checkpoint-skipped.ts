import { addBeside, replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { bestModelRuns, placeOf, problemOf, type Schedule } from "./schedule.js";

export default defineRule({
  id: "transformers/best-checkpoint-skipped",
  severity: "warning",
  status: "stable",
  since: "0.1.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["load_best_model_at_end"],
  messages: {
    multiple:
      "Evaluates every {evalSteps} steps but saves every {saveSteps}: the best evaluation may have no checkpoint, and load_best_model_at_end then silently loads a worse one. Save as often as you evaluate.",
    misaligned:
      "save_steps={saveSteps} and eval_steps={evalSteps} are rounded up to steps each on its own: most checkpoints fall between evaluations, and the best model is silently not loaded. Make the two equal.",
  },
  docs: {
    summary: "load_best_model_at_end with checkpoints that miss the best evaluation.",
    why: `The best metric is tracked at every evaluation, but there is a checkpoint only at the steps that save. With \`save_steps\` a multiple of
\`eval_steps\`, the best evaluation may fall between two checkpoints: a worse one is loaded, or none, and nothing says so. With two ratios it is
worse: each becomes \`ceil(max_steps * ratio)\` on its own, so \`eval_steps=0.1\` with \`save_steps=0.5\` is misaligned for 1584 of the 1991 totals from 10
to 2000; with 33 steps it evaluates at 4, 8, ... 32, saves at 17 and 33, and loads nothing.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments(
    "out",
    eval_strategy="steps",
    eval_steps=100,
    save_steps=300,
    load_best_model_at_end=True,
)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments(
    "out",
    eval_strategy="steps",
    eval_steps=100,
    save_steps=100,
    save_total_limit=2,
    load_best_model_at_end=True,
)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/pull/35885", "https://github.com/huggingface/transformers/blob/main/src/transformers/trainer_callback.py"],
    silent: "Where `max_steps` is written and every save falls on an evaluation; where `transformers/strategy-mismatch` speaks.",
  },
  check(ctx) {
    for (const call of ctx.script.callsTo("transformers.TrainingArguments")) {
      const { runs, ways } = bestModelRuns(call);
      const skipping = runs.map((run) => ({ ...run, effect: effectOf(run.schedule) })).find((run) => run.effect !== undefined);
      if (!skipping?.effect) continue;
      const { schedule, effect } = skipping;
      const { evalSteps = 0, saveSteps = 0 } = schedule;
      // Up to 4.52 two ratios with a float remainder raise: transformers/strategy-mismatch says so, for unknown versions too.
      if (problemOf(schedule) === "float remainder" && ctx.versionsAt(call.span.start).holds({ transformers: "<4.53" }) !== "never") continue;
      ctx.report({
        message: effect,
        data: { evalSteps: resolved(evalSteps, schedule), saveSteps: resolved(saveSteps, schedule) },
        at: placeOf(ctx.script, call, ["save_steps", "eval_steps", "load_best_model_at_end"]),
        fixes: ways === 1 ? fixesOf(ctx.script, call, evalSteps) : [],
      });
    }
  },
});

/** How a schedule that TrainingArguments accepts may still lose the best model. */
function effectOf(schedule: Schedule): "multiple" | "misaligned" | undefined {
  const { evalSteps, saveSteps, maxSteps } = schedule;
  const problem = problemOf(schedule);
  if (problem !== undefined && problem !== "float remainder") return undefined;
  if (schedule.saveStrategy !== "steps" || evalSteps === undefined || saveSteps === undefined || saveSteps === 0 || evalSteps === saveSteps) return undefined;
  if (evalSteps >= 1 && saveSteps >= 1) return "multiple";
  if (maxSteps === undefined || maxSteps <= 0) return "misaligned";
  const [save, evaluate] = [resolved(saveSteps, schedule), resolved(evalSteps, schedule)];
  if (save === evaluate) return undefined;
  return save % evaluate === 0 ? "multiple" : "misaligned";
}

/** A ratio as steps where the total is known, by `TrainerState.compute_steps`. */
function resolved(steps: number, { maxSteps }: Schedule): number {
  return steps < 1 && maxSteps !== undefined && maxSteps > 0 ? Math.ceil(maxSteps * steps) : steps;
}

function fixesOf(script: Script, call: Call, evalSteps: number): Fix[] {
  const save = call.keywords.get("save_steps");
  const evaluation = call.keywords.get("eval_steps");
  const value = evaluation?.via === "keyword" ? script.tree.textOf(evaluation.node) : String(evalSteps);
  const title = `Set \`save_steps=${value}\`, as eval_steps (more checkpoints: consider save_total_limit)`;
  if (save) return [{ title, safety: "unsafe", edits: [replaceValue(script, save, value)] }];
  return evaluation ? [{ title, safety: "unsafe", edits: [addBeside(script, evaluation, "save_steps", value)] }] : [];
}
