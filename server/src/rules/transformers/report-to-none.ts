import { replaceValue } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { isNothing } from "../nothing.js";
import { severityInUse } from "./trainers.js";

export default defineRule({
  id: "transformers/report-to-none",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["report_to"],
  messages: {
    raises: 'report_to=None is no integration: raises ValueError when the Trainer is built. To report to nobody write "none".',
    everything: 'report_to=None means every integration that is installed. To report to nobody write "none", to report to all write "all".',
    unknown: 'report_to=None means every installed integration in transformers 4, and raises ValueError when the Trainer is built from 5 on. To report to nobody write "none".',
  },
  docs: {
    summary: "report_to=None where nobody is meant to get reports.",
    why: `\`None\` reads like "nobody" and means the opposite on transformers 4: every integration that happens to be installed (wandb, tensorboard, mlflow ...) gets
the run, and wandb may stop to ask for a login. From transformers 5 on the default is \`"none"\`, and \`None\` raises \`ValueError\` when the Trainer is built. The
text \`"none"\`, or an empty list, means nobody in every version.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", report_to=None)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", report_to="none")
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/training_args.py", "https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py"],
    silent: "Where another value is written to the arguments later.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsTo("transformers.TrainingArguments")) {
      const argument = call.keywords.get("report_to");
      if (!argument || !isNothing(argument.value)) continue;
      const made = script.evaluate(call.node, call.frame);
      if (made.kind !== "instance" || script.eventsOf(made.object).some((event) => event.kind === "written" && event.field === "report_to")) continue;
      const isNew = ctx.versionsAt(call.span.start).holds({ transformers: ">=5.0" });
      ctx.report({
        message: isNew === "always" ? "raises" : isNew === "never" ? "everything" : "unknown",
        severity: isNew === "always" ? severityInUse(script, made.object) : "warning",
        at: script.tree.span(argument.entry),
        ...(isNew === "always" ? { raises: "ValueError" } : {}),
        fixes: [{ title: 'Set `report_to="none"` (nobody gets reports)', safety: "unsafe", edits: [replaceValue(script, argument, '"none"')] }],
      });
    }
  },
});
