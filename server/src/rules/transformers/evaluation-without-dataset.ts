import { addArgument, pythonLiteral, replaceNode, replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { numberOf } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { strategyOf } from "./schedule.js";
import { always, argumentsOf, callsOn, evaluates, fieldOf, givenTo, isRewritten, placeGiven, placeOfField, trainersOf, type Trainer } from "./trainers.js";

/** What `eval_steps` falls back to where neither is given. */
const DEFAULT_LOGGING_STEPS = 500;

export default defineRule({
  id: "transformers/evaluation-without-dataset",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl"],
  mentions: ["eval_strategy", "evaluation_strategy"],
  messages: {
    built: 'eval_strategy is "{strategy}", but {class} gets no eval_dataset: raises ValueError when {class} is built (before transformers 4.46 at the first evaluation). Pass eval_dataset.',
    trained: 'eval_strategy is "{strategy}", but {class} gets no eval_dataset: raises ValueError at the first evaluation. Pass eval_dataset.',
  },
  docs: {
    summary: "A Trainer that is to evaluate during training and gets no eval_dataset.",
    why: `With \`eval_strategy="steps"\` or \`"epoch"\` the Trainer evaluates while it trains, and needs something to evaluate on. From transformers 4.46
on it raises \`ValueError\` as soon as it is built. Before, nothing is said until the first evaluation: with \`"epoch"\` that is after a whole epoch, which is then lost.

An \`eval_dataset\` that is put on the Trainer later comes too late from 4.46 on, and so does a \`get_eval_dataloader\` of a class of your own.`,
    examples: [
      {
        bad: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch")
trainer = Trainer(model=model, args=args, train_dataset=train_dataset)
trainer.train()
`,
        good: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch")
trainer = Trainer(model=model, args=args, train_dataset=train_dataset, eval_dataset=eval_dataset)
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.46.0/src/transformers/trainer.py#L418", "https://github.com/huggingface/transformers/blob/main/src/transformers/trainer.py"],
    silent: "Where the dataset may be None only on some ways through the script; where the strategy or the arguments come from elsewhere.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      // Sentence Transformers puts an evaluator in the dataset's place.
      if (trainer.className.startsWith("sentence_transformers.")) continue;
      const args = argumentsOf(trainer);
      if (!args || args === "none") continue;
      const { node } = trainer.call;
      const strategy = fieldOf(script, args, "eval_strategy", node);
      if (!always({ strategy, dataset: givenTo(trainer, "eval_dataset") }, (way) => evaluates(way.strategy) && isNothing(way.dataset))) continue;
      // Before 4.46 only an evaluation fails, and only if nobody brings the data until then.
      const ownData = isRewritten(script, trainer, "eval_dataset") || (trainer.ownClass !== undefined && script.methodOf(trainer.ownClass, "get_eval_dataloader") !== undefined);
      const field = (name: string): number | undefined => numberOf(fieldOf(script, args, name, node));
      const failsBefore = callsOn(script, trainer, "train").length > 0 && !ownData && !endsBefore(strategyOf(strategy), field);
      const isOld = ctx.versionsAt(trainer.call.span.start).holds({ transformers: "<4.46" }) === "always";
      const written = placeOfField(script, args, "eval_strategy", node);
      ctx.report({
        message: isOld ? "trained" : "built",
        ...(failsBefore ? {} : { when: { transformers: ">=4.46" } }),
        data: { strategy: strategyOf(strategy) ?? "on", class: trainer.call.method },
        at: placeGiven(script, trainer, "eval_dataset"),
        raises: "ValueError",
        related: written ? [{ message: "evaluation is switched on here", range: written }] : [],
        fixes: fixesOf(script, trainer, args),
      });
    }
  },
});

/** Whether training ends before the first evaluation comes. */
function endsBefore(strategy: string | undefined, field: (name: string) => number | undefined): boolean {
  const [total, every] = [field("max_steps") ?? -1, field("eval_steps") ?? field("logging_steps") ?? DEFAULT_LOGGING_STEPS];
  return strategy === "steps" && total > 0 && every > total;
}

function fixesOf(script: Script, trainer: Trainer, args: Exclude<ReturnType<typeof argumentsOf>, "none" | undefined>): Fix[] {
  const fixes: Fix[] = [];
  const given = trainer.call.argument("eval_dataset", 4);
  const place = given ? replaceValue(script, given, "${1:eval_dataset}") : addArgument(script, trainer.call, "eval_dataset", "${1:eval_dataset}");
  if (place) fixes.push({ title: "Pass an eval_dataset", safety: "placeholder", edits: [place] });
  const strategy = args.call?.keywords.get("eval_strategy") ?? args.call?.keywords.get("evaluation_strategy");
  if (strategy?.value.kind === "literal") {
    const edit = replaceNode(script.tree, strategy.node, pythonLiteral("no"));
    fixes.push({ title: `Set \`${strategy.name ?? "eval_strategy"}="no"\` (no evaluation during training)`, safety: "unsafe", edits: [edit] });
  }
  return fixes;
}
