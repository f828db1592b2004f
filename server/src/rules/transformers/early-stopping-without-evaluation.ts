import { addBeside } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { isNothing } from "../nothing.js";
import { strategyOf } from "./schedule.js";
import { always, callsOn, givenTo, isRewritten, type Trainer } from "./trainers.js";
import { trainingsOf, type Training } from "./training.js";

const EARLY_STOPPING = "transformers.EarlyStoppingCallback";
/** Schedulers for which the metric is filled in with `loss`; `greedy` is new in transformers 5. */
const BY_METRIC = /^(?:reduce_lr_on_plateau|greedy)$/;

type Problem = "noEvaluation" | "noMetric" | "notLoaded";

export default defineRule({
  id: "transformers/early-stopping-without-evaluation",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["EarlyStoppingCallback"],
  messages: {
    noEvaluation: 'EarlyStoppingCallback needs evaluations, and eval_strategy is "no": train() raises AssertionError. Set eval_strategy, and load_best_model_at_end=True.',
    noMetric: "EarlyStoppingCallback needs to know which metric to watch: train() raises AssertionError. Set metric_for_best_model, or load_best_model_at_end=True (then it is the loss).",
    notLoaded: "EarlyStoppingCallback without load_best_model_at_end=True ends with the last model, not the best; before transformers {since} train() raises AssertionError.",
    notLoadedOld: "EarlyStoppingCallback needs load_best_model_at_end=True before transformers {since}: train() raises AssertionError.",
  },
  docs: {
    summary: "Early stopping with evaluation off, or without a metric to watch.",
    why: `\`EarlyStoppingCallback\` stops the training when \`metric_for_best_model\` hasn't improved for a few evaluations. When the training begins it asserts that there are evaluations
(\`eval_strategy\` is not \`"no"\`, the default) and a metric. The metric is filled in with \`"loss"\` only by \`load_best_model_at_end=True\` or a scheduler that follows a metric. Otherwise
\`train()\` raises \`AssertionError\`.

Before transformers 4.49 it also asserts \`load_best_model_at_end=True\`. Since then the training runs without it, and ends with the weights of the last step, which are by definition
not the best.`,
    examples: [
      {
        bad: `from transformers import EarlyStoppingCallback, Trainer, TrainingArguments

args = TrainingArguments("out", num_train_epochs=20)
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test, callbacks=[EarlyStoppingCallback(early_stopping_patience=3)])
trainer.train()
`,
        good: `from transformers import EarlyStoppingCallback, Trainer, TrainingArguments

args = TrainingArguments("out", num_train_epochs=20, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True)
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test, callbacks=[EarlyStoppingCallback(early_stopping_patience=3)])
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer_callback.py", "https://github.com/huggingface/transformers/blob/v4.46.0/src/transformers/trainer_callback.py"],
    silent: "On other callbacks of the name; where the arguments come from outside; where the callback is taken out again or the script never trains.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const training of trainingsOf(script)) {
      const { trainer, args, trains } = training;
      const place = earlyStopping(script, trainer);
      if (place === undefined || trains.length === 0 || callsOn(script, trainer, "remove_callback").length > 0 || isRewritten(script, trainer, "args")) continue;
      const problem = problemOf(training);
      if (!problem) continue;
      const versions = ctx.versionsAt(trainer.call.span.start);
      const isOld = problem === "notLoaded" && versions.holds({ transformers: `<${SINCE}` }) === "always";
      ctx.report({
        message: isOld ? "notLoadedOld" : problem,
        severity: problem !== "notLoaded" || isOld ? "error" : versions.holds({ transformers: `>=${SINCE}` }) === "always" ? "information" : "warning",
        data: { since: SINCE },
        at: script.tree.span(place),
        raises: "AssertionError",
        fixes: args === "none" ? [] : fixesOf(script, training, problem),
      });
    }
  },
});

/** The first version that trains without load_best_model_at_end (trainer_callback.py of 4.36 to 5.18). */
const SINCE = "4.49";

/** Where a Trainer is given early stopping: in `callbacks=[...]`, or by `add_callback`. */
function earlyStopping(script: Script, trainer: Trainer): Node | undefined {
  const { tree, flow } = script;
  const callbacks = givenTo(trainer, "callbacks");
  const argument = trainer.call.keywords.get("callbacks");
  if (argument && callbacks.kind === "sequence" && callbacks.items.some(isEarlyStopping)) {
    return tree.children(argument.node).find((item) => isEarlyStopping(script.evaluate(item, trainer.call.frame))) ?? argument.node;
  }
  const here = flow.armsOf(trainer.call.node);
  return callsOn(script, trainer, "add_callback").find((call) => isEarlyStopping(call.value("callback", 0)) && flow.armsOf(call.node).length === here.length)?.node;
}

function isEarlyStopping(value: Value): boolean {
  if (value.kind === "reference") return value.name === EARLY_STOPPING;
  return value.kind === "instance" && value.object.className === EARLY_STOPPING;
}

function problemOf({ field, written }: Training): Problem | undefined {
  const ways = { strategy: field("eval_strategy"), metric: written("metric_for_best_model"), best: field("load_best_model_at_end"), scheduler: field("lr_scheduler_type") };
  if (always(ways, (way) => strategyOf(way.strategy) === "no")) return "noEvaluation";
  const isUnwatched = always(ways, (way) => {
    const scheduler = stringOf(way.scheduler);
    return isNothing(way.metric) && truthOf(way.best) === false && scheduler !== undefined && !BY_METRIC.test(scheduler);
  });
  if (isUnwatched) return "noMetric";
  return always(ways, (way) => truthOf(way.best) === false) ? "notLoaded" : undefined;
}

function fixesOf(script: Script, { args }: Training, problem: Problem): Fix[] {
  const call = args === "none" ? undefined : args.call;
  const beside = call?.keywords.get("eval_strategy") ?? call?.keywords.get("evaluation_strategy") ?? [...(call?.keywords.values() ?? [])].at(-1);
  if (!call || !beside || problem === "notLoaded" || call.keywords.has("metric_for_best_model")) return [];
  if (problem === "noMetric") return [{ title: 'Watch the loss (`metric_for_best_model="loss"`)', safety: "unsafe", edits: [addBeside(script, beside, "metric_for_best_model", '"loss"')] }];
  return [];
}
