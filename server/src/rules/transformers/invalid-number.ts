import { replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule, type Report, type RuleContext } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";
import { showNumber } from "../../script/literals.js";
import { END_OF_SCOPE } from "../../script/reaching.js";
import { numberOf, stringOf, type Literal } from "../../script/values.js";
import { strategyOf, withDefault } from "./schedule.js";
import { severityInUse } from "./trainers.js";

type Message = "fraction" | "logging" | "accumulation" | "text" | "warmup" | "warmupUnsure" | "negative" | "limit";

/** Steps that count under a strategy, with its default. */
const STEPS = [
  { field: "save_steps", strategy: "save_strategy", byDefault: "steps" },
  { field: "eval_steps", strategy: "eval_strategy", byDefault: "no" },
  { field: "logging_steps", strategy: "logging_strategy", byDefault: "steps" },
] as const;

/** Numbers that are used without being checked first, so that text in their place fails only in training. */
const NUMBERS = ["learning_rate", "weight_decay", "num_train_epochs"] as const;

export default defineRule({
  id: "transformers/invalid-number",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["_steps", "learning_rate", "weight_decay", "num_train_epochs", "save_total_limit"],
  messages: {
    fraction: "{field}={value} is above 1 and not a whole number: raises ValueError when {class} is built. Use a whole number of steps, or a share below 1.",
    logging: 'logging_steps=0 raises ValueError when {class} is built. To log nothing set logging_strategy="no".',
    accumulation: "gradient_accumulation_steps=0 raises ZeroDivisionError when training starts. 1 means no accumulation.",
    text: "{field} is text, not a number: raises TypeError when training starts. Drop the quotes.",
    warmup: "warmup_steps={value} is not an int: raises ValueError when {class} is built. For a share of the training use warmup_ratio.",
    warmupUnsure: "warmup_steps={value} is not an int: in transformers 4.42 to 4.57 raises ValueError when {class} is built. A share of the training is warmup_ratio there.",
    negative: "warmup_steps={value} is negative: raises ValueError when {class} is built (from transformers 4.42 on). 0 means no warm-up.",
    limit: 'save_total_limit={value} means no limit: every checkpoint is kept. To keep none set save_strategy="no", else a limit of 1 or more.',
  } satisfies Record<Message, string>,
  docs: {
    summary: "A number that a training argument can't take.",
    why: `\`TrainingArguments\` checks a few of its numbers when it is built and takes the rest as they come:

- \`save_steps\`, \`eval_steps\` and \`logging_steps\` above 1 have to be whole (below 1 they are a share of the training): \`ValueError\`, as far as the
  strategy goes by steps;
- \`logging_steps=0\`: \`ValueError\`;
- \`warmup_steps\` has to be an int from transformers 4.42 up to 4.57: \`ValueError\`, for \`10.0\` too. In transformers 5 a value below 1 is a share; a negative
  one fails from 4.42 on;
- \`learning_rate="1e-4"\`: text, as YAML reads \`1e-4\` too, is accepted and then raises \`TypeError\` when the optimizer is made;
- \`gradient_accumulation_steps=0\`: fails when training starts;
- \`save_total_limit=0\`: is no limit at all.`,
    examples: [
      {
        bad: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", learning_rate="1e-4")
trainer = Trainer(model=model, args=args, train_dataset=train)
`,
        good: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", learning_rate=1e-4)
trainer = Trainer(model=model, args=args, train_dataset=train)
`,
      },
      {
        title: "Steps",
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", save_steps=2.5)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", save_steps=2)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py", "https://github.com/huggingface/transformers/blob/main/src/transformers/trainer_pt_utils.py"],
    silent: "Where the strategy isn't `steps`, or isn't known; for whole floats such as `500.0`; where what training reads is written again before it starts.",
  },
  check(ctx) {
    for (const call of ctx.script.callsTo("transformers.TrainingArguments")) {
      for (const steps of STEPS) checkSteps(ctx, call, steps);
      checkAccumulation(ctx, call);
      for (const field of NUMBERS) checkText(ctx, call, field);
      checkWarmup(ctx, call);
      checkLimit(ctx, call);
    }
  },
});

function report(ctx: RuleContext<Message>, call: Call, argument: Argument, message: Message, more: Omit<Report<Message>, "message" | "at"> = {}): void {
  const number = numberOf(argument.value);
  const data = { field: argument.name ?? "", class: call.method, value: number === undefined ? "" : shown(argument.value as Literal), ...more.data };
  ctx.report({ message, at: ctx.script.tree.span(argument.entry), ...more, data });
}

function shown(value: Literal): string {
  return showNumber(value.value as number, value.type === "float" ? "float" : "int");
}

function checkSteps(ctx: RuleContext<Message>, call: Call, { field, strategy, byDefault }: (typeof STEPS)[number]): void {
  const argument = call.keywords.get(field);
  const steps = argument && numberOf(argument.value);
  if (!argument || steps === undefined) return;
  const written = call.value(strategy);
  const given = written.kind === "absent" && strategy === "eval_strategy" ? call.value("evaluation_strategy") : written;
  if (call.positional.length > 1 || strategyOf(withDefault(given, { kind: "literal", type: "str", value: byDefault, origin: call.node })) !== "steps") return;
  if (steps > 1 && !Number.isInteger(steps)) report(ctx, call, argument, "fraction", { raises: "ValueError", fixes: roundFix(ctx, argument, Math.max(1, Math.round(steps))) });
  else if (steps === 0 && field === "logging_steps") report(ctx, call, argument, "logging", { raises: "ValueError" });
}

function roundFix({ script }: RuleContext<Message>, argument: Argument, whole: number): Fix[] {
  return [{ title: `Set \`${argument.name ?? ""}=${whole}\` (rounded)`, safety: "unsafe", edits: [replaceValue(script, argument, String(whole))] }];
}

/** How bad a value is that training trips over and the constructor doesn't; undefined where training sees another one. */
function severityInTraining({ script }: RuleContext<Message>, call: Call, field: string): "error" | "warning" | undefined {
  const made = script.evaluate(call.node, call.frame);
  if (made.kind !== "instance") return undefined;
  const built = call.keywords.get(field)?.value;
  const used = script.objects.fieldAt(made.object, field, END_OF_SCOPE);
  const isKept = used === built || (used.kind === "literal" && built?.kind === "literal" && used.value === built.value);
  return isKept ? severityInUse(script, made.object) : undefined;
}

function checkAccumulation(ctx: RuleContext<Message>, call: Call): void {
  const argument = call.keywords.get("gradient_accumulation_steps");
  const severity = argument && numberOf(argument.value) === 0 ? severityInTraining(ctx, call, "gradient_accumulation_steps") : undefined;
  if (!argument || !severity) return;
  const fixes: Fix[] = [{ title: "Set `gradient_accumulation_steps=1` (no accumulation)", safety: "unsafe", edits: [replaceValue(ctx.script, argument, "1")] }];
  report(ctx, call, argument, "accumulation", { severity, raises: "ZeroDivisionError", fixes });
}

function checkText(ctx: RuleContext<Message>, call: Call, field: (typeof NUMBERS)[number]): void {
  const argument = call.keywords.get(field);
  const text = argument && stringOf(argument.value);
  const severity = severityInTraining(ctx, call, field);
  if (!argument || text === undefined || !severity) return;
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim());
  const fixes: Fix[] = isNumber ? [{ title: "Remove the quotes", safety: "safe", edits: [replaceValue(ctx.script, argument, text.trim())] }] : [];
  report(ctx, call, argument, "text", { severity, raises: "TypeError", fixes });
}

function checkWarmup(ctx: RuleContext<Message>, call: Call): void {
  const argument = call.keywords.get("warmup_steps");
  const steps = argument && numberOf(argument.value);
  if (!argument || steps === undefined || argument.value.kind !== "literal") return;
  if (steps < 0) return report(ctx, call, argument, "negative", { when: { transformers: ">=4.42" }, raises: "ValueError" });
  // 10.0 is no int either.
  if (argument.value.type === "int") return;
  const fixes = Number.isInteger(steps) ? [{ title: `Set \`warmup_steps=${steps}\``, safety: "safe" as const, edits: [replaceValue(ctx.script, argument, String(steps))] }] : [];
  report(ctx, call, argument, "warmup", { when: { transformers: ">=4.42,<5.0" }, unsure: "warmupUnsure", raises: "ValueError", fixes });
}

function checkLimit(ctx: RuleContext<Message>, call: Call): void {
  const argument = call.keywords.get("save_total_limit");
  const limit = argument && numberOf(argument.value);
  if (!argument || limit === undefined || limit > 0 || !severityInTraining(ctx, call, "save_total_limit")) return;
  if (strategyOf(withDefault(call.value("save_strategy"), { kind: "literal", type: "str", value: "steps", origin: call.node })) === "no") return;
  report(ctx, call, argument, "limit", { severity: "warning" });
}
