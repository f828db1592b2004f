import { addArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";

/** Ways to say who logs, or that nobody does; whoever logs to the run himself may want no more. */
const SAID_OTHERWISE = /WandbCallback|TrainerCallback|WANDB_DISABLED|WANDB_MODE|disabled|report_to|\b(?:wandb|\w*run)\.(?:log|log_artifact|summary)\b/;

const SINCE = { transformers: ">=5.0" };

/** Variables that are set for a run that is to be logged. */
const VARIABLES: ReadonlySet<string> = new Set(["WANDB_PROJECT", "WANDB_ENTITY", "WANDB_NAME", "WANDB_RUN_GROUP", "WANDB_LOG_MODEL", "WANDB_WATCH"]);

export default defineRule({
  id: "wandb/missing-report-to",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["wandb", "WANDB"],
  versions: SINCE,
  messages: {
    missing: 'From transformers 5 on report_to is "none" by default: {sign} stands here, and nothing is logged to wandb. Pass report_to="wandb".',
  },
  docs: {
    summary: "A script that prepares wandb, and training arguments that don't report to it.",
    why: `In transformers 4 a training reports to every tracker that is installed. From 5 on \`report_to\` is \`"none"\` by default: a script that only sets \`WANDB_PROJECT\`, or starts a run with
\`wandb.init\`, gets an empty run, or none, without a word.`,
    examples: [
      {
        versions: { transformers: "5.1.0" },
        bad: `import os

os.environ["WANDB_PROJECT"] = "sentiment"

from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", run_name="first")
trainer = Trainer(model, args, train_dataset=train)
trainer.train()
`,
        good: `import os

os.environ["WANDB_PROJECT"] = "sentiment"

from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", run_name="first", report_to="wandb")
trainer = Trainer(model, args, train_dataset=train)
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/training_args.py"],
    silent: "With transformers 4; where a callback of one's own logs, or wandb is switched off; where the script logs to wandb itself.",
  },
  check(ctx) {
    const { script } = ctx;
    const sign = signOf(script);
    if (sign === undefined || SAID_OTHERWISE.test(script.text)) return;
    for (const call of script.callsTo("transformers.TrainingArguments")) {
      if (call.value("report_to").kind !== "absent" || call.positional.length > 1) continue;
      const isKnown = ctx.versionsAt(call.span.start).holds(SINCE) === "always";
      ctx.report({ message: "missing", severity: isKnown ? "warning" : "information", data: { sign }, at: call.nameSpan, when: SINCE, fixes: fixesOf(script, call) });
    }
  },
});

/** What shows that the training is meant to be logged. */
function signOf(script: Script): string | undefined {
  const variable = script.environmentWrites().find(({ name }) => VARIABLES.has(name));
  if (variable) return variable.name;
  return script.callsTo("wandb.init").length > 0 ? "wandb.init()" : script.callsTo("wandb.login").length > 0 ? "wandb.login()" : undefined;
}

function fixesOf(script: Script, call: Call): Fix[] {
  const edit = addArgument(script, call, "report_to", '"wandb"');
  return edit ? [{ title: 'Pass report_to="wandb"', safety: "safe", edits: [edit] }] : [];
}
