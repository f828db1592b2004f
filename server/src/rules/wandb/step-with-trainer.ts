import { removeArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf } from "../../script/values.js";
import { Kind } from "../../syntax/kind.js";
import { strategyOf } from "../transformers/schedule.js";
import { evaluates } from "../transformers/trainers.js";
import { reportedTrainings } from "./reporting.js";

export default defineRule({
  id: "wandb/step-with-trainer",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["wandb"],
  mentions: ["global_step"],
  messages: {
    overtaken: 'The Trainer logs each step and evaluation, and wandb\'s step overtakes {step}: what is logged here is then dropped. Log "train/global_step" instead.',
  },
  docs: {
    summary: "A wandb step of one's own beside a Trainer that logs at every step.",
    why: `The Trainer logs to wandb without \`step\`, and each of its calls moves wandb's own step on by one. With \`logging_steps=1\` that is one for each training step and one more for each evaluation: after
the first evaluations it is ahead of \`state.global_step\`, and wandb drops whatever is logged with a step below its own, with a line in the terminal. The Trainer's axis is the metric \`train/global_step\`:
log it beside the values, without \`step\`.`,
    examples: [
      {
        bad: `import wandb
from transformers import Trainer, TrainerCallback, TrainingArguments

class Scores(TrainerCallback):
    def on_evaluate(self, args, state, control, **kwargs):
        wandb.log({"score": score()}, step=state.global_step)

args = TrainingArguments("out", eval_strategy="epoch", logging_steps=1, report_to="wandb")
trainer = Trainer(model, args, train_dataset=train, eval_dataset=test, callbacks=[Scores()])
trainer.train()
`,
        good: `import wandb
from transformers import Trainer, TrainerCallback, TrainingArguments

class Scores(TrainerCallback):
    def on_evaluate(self, args, state, control, **kwargs):
        wandb.log({"score": score(), "train/global_step": state.global_step})

args = TrainingArguments("out", eval_strategy="epoch", logging_steps=1, report_to="wandb")
trainer = Trainer(model, args, train_dataset=train, eval_dataset=test, callbacks=[Scores()])
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/integrations/integration_utils.py", "https://docs.wandb.ai/guides/track/log"],
    silent: "With fewer logs, which stay behind the training's steps; without an evaluation; where the Trainer doesn't certainly report to wandb.",
  },
  check(ctx) {
    const { script } = ctx;
    const logs = script.callsTo("wandb.log").flatMap((call) => {
      const step = call.keywords.get("step");
      return step?.via === "keyword" && /^(?:\w+\.)*state\.global_step$/.test(script.tree.textOf(step.node)) ? [{ call, step }] : [];
    });
    if (logs.length === 0) return;
    const trainings = reportedTrainings(ctx);
    const isDense = trainings.every(({ field }) => numberOf(field("logging_steps")) === 1 && strategyOf(field("logging_strategy")) === "steps" && evaluates(field("eval_strategy")));
    if (trainings.length === 0 || !isDense) return;
    for (const { call, step } of logs) {
      const name = script.tree.textOf(step.node);
      ctx.report({ message: "overtaken", data: { step: name }, at: script.tree.span(step.entry), fixes: fixesOf(script, call, step) });
    }
  },
});

/** The step as the metric that the Trainer's own logs have for an axis. */
function fixesOf(script: Script, call: Call, step: Argument): Fix[] {
  const { tree } = script;
  const data = call.positional[0];
  if (!data || tree.kind(data.node) !== Kind.dictionary || tree.textOf(data.node).includes("global_step")) return [];
  const last = tree.children(data.node).at(-1);
  if (last === undefined) return [];
  const end = tree.end(last);
  const edits = [{ start: end, end, newText: `, "train/global_step": ${tree.textOf(step.node)}` }, removeArgument(script, step)];
  return [{ title: 'Log it as "train/global_step"', safety: "safe", edits }];
}
