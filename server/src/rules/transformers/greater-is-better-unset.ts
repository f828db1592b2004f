import { addBeside, replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { stringOf, truthOf } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { strategyOf } from "./schedule.js";
import { always } from "./trainers.js";
import { argumentObjectsOf, type Arguments } from "./training.js";

/** Metrics of which a smaller value is better. A name that ends with "loss" is taken for one by the library itself. */
const ERRORS = /(?:^|_)(?:wer|cer|mer|ter|eer|mse|rmse|mae|mape|smape|ppl|perplexity|brier_score|error|error_rate)$/;
/** Metrics of which a larger value is better. */
const SCORES = /(?:^|_)(?:accuracy|acc|f1|precision|recall|bleu|sacrebleu|rouge[12lL]|rougeLsum|auc|roc_auc|mcc|matthews_correlation|pearson|pearsonr|spearman|spearmanr|exact_match|iou|map)$/;
/** Names that turn a metric round. */
const TURNED = /neg|inv|minus|1_|one_|improve|reduc|drop|delta/;

export default defineRule({
  id: "transformers/greater-is-better-unset",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["load_best_model_at_end", "EarlyStoppingCallback", "best", "BEST"],
  messages: {
    unset: `A greater "{metric}" counts as better, because its name doesn't end with "loss": the worst model is kept as the best. Set greater_is_better=False.`,
    wrong: 'greater_is_better={value} with "{metric}": the worst model is kept as the best. Set greater_is_better={right}.',
  },
  docs: {
    summary: "The best model is chosen by an error whose greatest value wins, or by a score whose smallest does.",
    why: `\`greater_is_better\` says which way \`metric_for_best_model\` gets better. Without it the library goes by the name alone: a metric whose name ends with \`loss\` is better when
small, every other when great. So with \`"wer"\`, \`"rmse"\`, \`"mae"\` or \`"perplexity"\` the checkpoint with the *greatest* error is kept and loaded, and early stopping
waits for the error to grow. Nothing is said.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="wer")
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="wer", greater_is_better=False)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/training_args.py"],
    silent: "On metrics whose direction isn't plain from their name; where no best model is kept; where one of the arguments comes from outside.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const args of argumentObjectsOf(script)) {
      if (!keepsTheBest(args, script.text)) continue;
      const written = args.written("metric_for_best_model");
      // Without a name it is the loss.
      const metric = isNothing(written) ? "loss" : stringOf(written);
      const isGreater = isGreaterBetter(metric);
      const direction = args.written("greater_is_better");
      if (metric === undefined || isGreater === undefined) continue;
      const [argument, name] = [args.call.keywords.get("greater_is_better"), args.call.keywords.get("metric_for_best_model")];
      // A name that ends with "loss" is known to the library; a score is what it expects.
      if (isNothing(direction) && !isGreater && !metric.endsWith("loss") && name) {
        ctx.report({ message: "unset", data: { metric }, at: script.tree.span(name.entry), fixes: [setFix(argument ? replaceValue(script, argument, "False") : addBeside(script, name, "greater_is_better", "False"), "False")] });
        continue;
      }
      const value = truthOf(direction);
      if (value === undefined || isNothing(direction) || value === isGreater || !argument || !always({ direction }, (way) => truthOf(way.direction) === value)) continue;
      const right = isGreater ? "True" : "False";
      ctx.report({ message: "wrong", data: { metric, value: value ? "True" : "False", right }, at: script.tree.span(argument.entry), fixes: [setFix(replaceValue(script, argument, right), right)] });
    }
  },
});

/** Whether a metric is better when greater, where its name tells. */
export function isGreaterBetter(metric: string | undefined): boolean | undefined {
  const name = metric?.replace(/^eval_/, "").toLowerCase();
  if (name === undefined || TURNED.test(name)) return undefined;
  if (ERRORS.test(name) || /(?:^|_)loss$/.test(name)) return false;
  return SCORES.test(name) ? true : undefined;
}

function keepsTheBest({ field }: Arguments, text: string): boolean {
  if (always({ best: field("load_best_model_at_end") }, (way) => truthOf(way.best) === true)) return true;
  return strategyOf(field("save_strategy")) === "best" || text.includes("EarlyStoppingCallback");
}

function setFix(edit: Fix["edits"][number], right: string): Fix {
  return { title: `Set \`greater_is_better=${right}\``, safety: "safe", edits: [edit] };
}
