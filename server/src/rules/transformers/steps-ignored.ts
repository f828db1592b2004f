import { addBeside, removeArgument, replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Argument } from "../../script/calls.js";
import { everyAlternative, numberOf } from "../../script/values.js";
import { strategyOf } from "./schedule.js";
import { always } from "./trainers.js";
import { argumentObjectsOf, readsAttribute, type Arguments } from "./training.js";

interface Pair {
  readonly steps: "eval_steps" | "save_steps" | "logging_steps";
  readonly strategy: "eval_strategy" | "save_strategy" | "logging_strategy";
}

const PAIRS: readonly Pair[] = [
  { steps: "eval_steps", strategy: "eval_strategy" },
  { steps: "save_steps", strategy: "save_strategy" },
  { steps: "logging_steps", strategy: "logging_strategy" },
];

/** Classes of which it is known that nothing else in them reads `logging_steps`. */
const PLAIN = /^transformers\.(?:Seq2Seq)?TrainingArguments$/;

/** TRL's callbacks that go by `eval_steps` on their own. */
const OWN_SCHEDULE = /LogCompletionsCallback|WinRateCallback/;

export default defineRule({
  id: "transformers/steps-ignored",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["eval_steps", "save_steps", "logging_steps"],
  messages: {
    written: '{steps} is never read, because {strategy} is "{value}". Set {strategy}="steps" to go by steps, or drop {steps}.',
    byDefault: '{steps} is never read, because {strategy} is "{value}" by default: nothing is evaluated during training. Set {strategy}="steps".',
  },
  docs: {
    summary: "eval_steps, save_steps or logging_steps where the strategy isn't \"steps\".",
    why: `\`eval_steps\`, \`save_steps\` and \`logging_steps\` only count where the strategy of the same name is \`"steps"\`. With \`"epoch"\`, \`"no"\` or \`"best"\` the number is accepted
and never read. Most often it is \`eval_steps\` without \`eval_strategy\`, whose default is \`"no"\`: the script looks as if it evaluated every so many steps, and it never does.

An exception is \`logging_steps\` with \`eval_strategy="steps"\` and no \`eval_steps\`, which then takes its place.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_steps=500, num_train_epochs=3)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="steps", eval_steps=500, num_train_epochs=3)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/trainer_callback.py"],
    silent: "Where the strategy comes from outside or is set later; where the script reads the number itself.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const args of argumentObjectsOf(script)) for (const pair of PAIRS) checkPair(ctx, args, pair);
  },
});

function checkPair(ctx: RuleContext<"written" | "byDefault">, args: Arguments, { steps, strategy }: Pair): void {
  const { script } = ctx;
  const argument = args.call.keywords.get(steps);
  if (!argument || !everyAlternative(argument.value, (each) => numberOf(each) !== undefined) || readsAttribute(script, steps)) return;
  const value = args.field(strategy);
  const isOther = always({ value }, (way) => {
    const name = strategyOf(way.value);
    return name !== undefined && name !== "steps" && /^(?:no|epoch|best)$/.test(name);
  });
  const shown = strategyOf(value);
  if (!isOther || shown === undefined || (steps === "eval_steps" && OWN_SCHEDULE.test(script.text))) return;
  if (steps === "logging_steps" && (!PLAIN.test(args.call.name ?? "") || !always({ evaluation: args.field("eval_strategy"), evalSteps: args.written("eval_steps") }, (way) => isUnused(strategyOf(way.evaluation), (numberOf(way.evalSteps) ?? 0) === 0)))) return;
  const written = writtenStrategy(args, strategy);
  ctx.report({
    message: written || strategy !== "eval_strategy" ? "written" : "byDefault",
    data: { steps, strategy, value: shown },
    at: script.tree.span(argument.entry),
    fixes: fixesOf(ctx, args, argument, { steps, strategy }),
  });
}

/** Whether an evaluation by steps takes nothing from `logging_steps`. */
function isUnused(evaluation: string | undefined, takesLogging: boolean): boolean {
  return evaluation !== undefined && (evaluation !== "steps" || !takesLogging);
}

function writtenStrategy({ call }: Arguments, strategy: Pair["strategy"]): Argument | undefined {
  return call.keywords.get(strategy) ?? (strategy === "eval_strategy" ? call.keywords.get("evaluation_strategy") : undefined);
}

function fixesOf(ctx: RuleContext<"written" | "byDefault">, args: Arguments, argument: Argument, { steps, strategy }: Pair): Fix[] {
  const { script } = ctx;
  const written = writtenStrategy(args, strategy);
  const drop: Fix = { title: `Drop \`${steps}\`, which has no effect`, safety: "unsafe", edits: [removeArgument(script, argument)] };
  if (written) return [drop, { title: `Set \`${strategy}="steps"\``, safety: "unsafe", edits: [replaceValue(script, written, '"steps"')] }];
  if (args.object.call?.keywords.has(strategy) === false && strategy !== "eval_strategy") return [drop];
  const isOld = ctx.versionsAt(args.call.span.start).holds({ transformers: "<4.41" }) === "always";
  const name = isOld ? "evaluation_strategy" : strategy;
  return [{ title: `Add \`${name}="steps"\` (the Trainer then needs an eval_dataset)`, safety: "unsafe", edits: [addBeside(script, argument, name, '"steps"')] }, drop];
}
