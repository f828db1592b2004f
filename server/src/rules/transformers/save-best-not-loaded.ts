import { replaceValue } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { stringOf, truthOf } from "../../script/values.js";
import { strategyOf } from "./schedule.js";
import { always } from "./trainers.js";
import { argumentObjectsOf } from "./training.js";

export default defineRule({
  id: "transformers/save-best-not-loaded",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["best", "BEST"],
  versions: { transformers: ">=4.47,<5.4" },
  messages: {
    notLoaded: 'load_best_model_at_end with save_strategy="best" loads nothing before transformers 5.4: the last model is kept. Let save_strategy equal eval_strategy.',
  },
  docs: {
    summary: 'load_best_model_at_end with save_strategy="best", which loads nothing before transformers 5.4.',
    why: `From transformers 4.47 to 5.3 the Trainer notes where the best checkpoint is only when it saves by steps or epochs. With \`save_strategy="best"\` the checkpoints are written, and
\`load_best_model_at_end=True\` finds none of them: the model is that of the last step, without a message. From 5.4 on it works.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch", save_strategy="best", load_best_model_at_end=True)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch", save_strategy="epoch", save_total_limit=2, load_best_model_at_end=True)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/pull/44583", "https://github.com/huggingface/transformers/blob/v5.3.0/src/transformers/trainer.py", "https://github.com/huggingface/transformers/blob/v5.4.0/src/transformers/trainer.py#L3049"],
    silent: "Where one of the two comes from outside or is set later; where nothing is evaluated, of which `transformers/save-best-without-evaluation` speaks.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { call, field } of argumentObjectsOf(script)) {
      const saving = call.keywords.get("save_strategy");
      const ways = { saving: field("save_strategy"), loading: field("load_best_model_at_end"), evaluation: field("eval_strategy") };
      const isLost = saving && always(ways, (way) => strategyOf(way.saving) === "best" && truthOf(way.loading) === true && /^(?:steps|epoch)$/.test(strategyOf(way.evaluation) ?? ""));
      if (!isLost) continue;
      const evaluation = stringOf(ways.evaluation);
      ctx.report({
        message: "notLoaded",
        when: { transformers: ">=4.47,<5.4" },
        unsure: "notLoaded",
        at: script.tree.span(saving.entry),
        fixes: evaluation === "epoch" ? [{ title: 'Set `save_strategy="epoch"` (a checkpoint per epoch: consider save_total_limit)', safety: "unsafe", edits: [replaceValue(script, saving, '"epoch"')] }] : [],
      });
    }
  },
});
