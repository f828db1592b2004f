import { addBeside, replaceValue } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { strategyOf } from "./schedule.js";
import { always } from "./trainers.js";
import { argumentObjectsOf } from "./training.js";

export default defineRule({
  id: "transformers/save-best-without-evaluation",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["best", "BEST"],
  versions: { transformers: ">=4.47" },
  messages: {
    never: 'save_strategy="best" saves when an evaluation is the best so far, but eval_strategy is "no": no checkpoint is ever saved. Set eval_strategy.',
  },
  docs: {
    summary: 'save_strategy="best" with evaluation off: no checkpoint is ever written.',
    why: `With \`save_strategy="best"\` (from transformers 4.47 on) a checkpoint is written after an evaluation that is better than all before. Without \`eval_strategy\`, whose default is
\`"no"\`, there are no evaluations during training, and so no checkpoints. Nothing is said; what the training gives is lost unless the script saves the model itself.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", save_strategy="best", metric_for_best_model="loss")
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch", save_strategy="best", metric_for_best_model="loss")
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/pull/31817", "https://github.com/huggingface/transformers/blob/main/src/transformers/trainer.py"],
    silent: "Where a strategy comes from outside or is set later; where a callback of the script asks for evaluations.",
  },
  check(ctx) {
    const { script } = ctx;
    if (script.text.includes("should_evaluate")) return;
    for (const { call, field } of argumentObjectsOf(script)) {
      const saving = call.keywords.get("save_strategy");
      const isLost = saving && always({ saving: field("save_strategy"), evaluation: field("eval_strategy") }, (way) => strategyOf(way.saving) === "best" && strategyOf(way.evaluation) === "no");
      if (!isLost || ctx.versionsAt(call.span.start).holds({ transformers: "<4.47" }) === "always") continue;
      const written = call.keywords.get("eval_strategy");
      const edit = written ? replaceValue(script, written, '"epoch"') : addBeside(script, saving, "eval_strategy", '"epoch"');
      ctx.report({
        message: "never",
        at: script.tree.span(saving.entry),
        fixes: [{ title: 'Set `eval_strategy="epoch"` (the Trainer then needs an eval_dataset)', safety: "unsafe", edits: [edit] }],
      });
    }
  },
});
