import { removeArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { FunctionInfo } from "../../script/functions.js";
import type { Script } from "../../script/script.js";
import { fitsOf } from "./fitCalls.js";

export default defineRule({
  id: "sentence-transformers/dropped-wandb-step",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["wandb"],
  messages: {
    dropped: "Before sentence-transformers 3.0 {steps} starts again in each epoch of fit() and is -1 at its end: wandb drops every step that goes back. Log without step.",
    unsure: "Before sentence-transformers 3.0 {steps} starts again in each epoch of fit(): wandb drops every step that goes back. Log without step, which works in every version.",
  },
  docs: {
    summary: "A fit() callback that gives wandb the step of the epoch.",
    why: `Up to 2.7 the third argument of a \`fit\` callback is the step *within the epoch*, and -1 at the end of each. wandb wants steps that only grow and drops the data of
every other call, with no more than a line in the log: after the first epoch almost nothing arrives. From 3.0 on it is the step of the whole training;
\`old_fit\` keeps the old behaviour.

Without \`step=\` wandb counts by itself; log the epoch beside the score to have it on the axis.`,
    examples: [
      {
        versions: { "sentence-transformers": "2.7.0" },
        bad: `import wandb
from sentence_transformers import SentenceTransformer

def log_score(score, epoch, steps):
    wandb.log({"score": score}, step=steps)

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=evaluator, output_path="out", warmup_steps=100, callback=log_score)
`,
        good: `import wandb
from sentence_transformers import SentenceTransformer

def log_score(score, epoch, steps):
    wandb.log({"score": score, "epoch": epoch})

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=evaluator, output_path="out", warmup_steps=100, callback=log_score)
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v2.7.0/sentence_transformers/SentenceTransformer.py"],
    silent: "For callbacks that aren't functions of the script, and for a step that is computed from the epoch too.",
  },
  check(ctx) {
    const { script } = ctx;
    const { tree } = script;
    for (const fit of fitsOf(script)) {
      const callback = fit.value("callback");
      if (callback.kind !== "function") continue;
      for (const { call, steps } of logsOf(script, callback.function)) {
        const step = call.keywords.get("step");
        if (!step) continue;
        const holds = fit.method === "old_fit" ? "always" : ctx.versionsAt(fit.span.start).holds({ "sentence-transformers": "<3.0" });
        ctx.report({
          message: holds === "always" ? "dropped" : "unsure",
          severity: holds === "always" ? "warning" : "information",
          data: { steps },
          at: tree.span(step.entry),
          ...(fit.method === "old_fit" ? {} : { when: { "sentence-transformers": "<3.0" } }),
          related: [{ message: "the fit that calls it", range: fit.nameSpan }],
          fixes: fixesOf(script, call),
        });
      }
    }
  },
});

/** The `wandb.log` calls of a callback whose `step` is the callback's own third parameter. */
function logsOf(script: Script, callback: FunctionInfo): { readonly call: Call; readonly steps: string }[] {
  const steps = callback.parameters[2];
  if (!steps || steps.kind !== "positional") return [];
  return script
    .callsTo("wandb.log")
    .filter((call) => script.tree.contains(callback.node, call.node))
    .filter((call) => {
      const step = call.value("step");
      return step.kind === "parameter" && step.name === steps.name && step.function === callback;
    })
    .map((call) => ({ call, steps: steps.name }));
}

function fixesOf(script: Script, call: Call): Fix[] {
  const step = call.keywords.get("step");
  return step?.via === "keyword" ? [{ title: "Log without `step`", safety: "safe", edits: [removeArgument(script, step)] }] : [];
}
