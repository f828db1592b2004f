import { addBeside } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { END_OF_SCOPE } from "../../script/reaching.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { strategyOf } from "./schedule.js";
import { always, fieldOf, severityInUse } from "./trainers.js";

/** Schedulers that follow a metric get `loss` when none is named; `greedy` is new in transformers 5. */
const BY_METRIC = /^(?:reduce_lr_on_plateau|greedy)$/;

export default defineRule({
  id: "transformers/save-best-without-metric",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["best", "BEST"],
  versions: { transformers: ">=4.47" },
  messages: {
    missing: 'save_strategy="best" needs metric_for_best_model: raises ValueError when the Trainer is built. Name the metric, for example "loss".',
  },
  docs: {
    summary: 'save_strategy="best" without a metric that says what is best.',
    why: `With \`save_strategy="best"\` (from transformers 4.47 on) a checkpoint is written whenever \`metric_for_best_model\` improves. The metric has no default here:
unlike with \`load_best_model_at_end=True\`, it isn't filled in with \`"loss"\`, and the Trainer raises \`ValueError\` when it is built.`,
    examples: [
      {
        bad: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch", save_strategy="best")
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test)
`,
        good: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch", save_strategy="best", metric_for_best_model="loss")
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/pull/31817", "https://github.com/huggingface/transformers/blob/main/src/transformers/trainer.py"],
    silent: "Where a metric is written to the arguments later; with a scheduler that follows a metric; on versions that don't know `best`, where the word itself fails.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsTo("transformers.TrainingArguments")) {
      const strategy = call.keywords.get("save_strategy");
      const made = script.evaluate(call.node, call.frame);
      if (!strategy || strategyOf(strategy.value) !== "best" || made.kind !== "instance") continue;
      if (ctx.versionsAt(call.span.start).holds({ transformers: "<4.47" }) === "always") continue;
      const later = (name: string): Value => fieldOf(script, made.object, name, END_OF_SCOPE);
      const ways = {
        saving: later("save_strategy"),
        metric: later("metric_for_best_model"),
        atConstruction: script.objects.fieldAtConstruction(made.object, "metric_for_best_model"),
        best: later("load_best_model_at_end"),
        scheduler: later("lr_scheduler_type"),
      };
      const fails = always(ways, (way) => {
        const scheduler = stringOf(way.scheduler);
        return strategyOf(way.saving) === "best" && isNothing(way.metric) && isNothing(way.atConstruction) && truthOf(way.best) === false && scheduler !== undefined && !BY_METRIC.test(scheduler);
      });
      if (!fails) continue;
      const written = call.keywords.has("metric_for_best_model");
      ctx.report({
        message: "missing",
        severity: severityInUse(script, made.object),
        at: script.tree.span(strategy.entry),
        raises: "ValueError",
        fixes: written ? [] : [{ title: "Name the metric", safety: "placeholder", edits: [addBeside(script, strategy, "metric_for_best_model", '"${1:loss}"')] }],
      });
    }
  },
});
