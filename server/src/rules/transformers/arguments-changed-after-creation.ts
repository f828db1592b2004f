import { addArgument, deleteStatement, replaceValue, statementOf } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { ObjectEvent } from "../../script/events.js";
import type { Script } from "../../script/script.js";
import { isSame, numberOf, stringOf, truthOf, type Value } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { isNothing } from "../nothing.js";
import { isGreaterBetter } from "./greater-is-better-unset.js";
import { strategyOf } from "./schedule.js";
import { argumentsOf, trainersOf, type Trainer } from "./trainers.js";
import { argumentObjectsOf, type Arguments } from "./training.js";

type Message = "unread" | "unreadByTrainer" | "evaluation" | "noMetric" | "direction" | "letters" | "lettersUnsure";

/** Written after the arguments were built, these change nothing: what is made of them is made in the constructor. */
const READ_WHEN_BUILT: ReadonlySet<string> = new Set(["fp16", "bf16", "tf32", "torch_compile", "deepspeed"]);

/** What the Trainer's constructor makes something of. */
const READ_BY_TRAINER: ReadonlySet<string> = new Set(["label_smoothing_factor", "report_to"]);

/** By how many steps the Trainer evaluates where nothing else is said. */
const DEFAULT_STEPS = 500;

export default defineRule({
  id: "transformers/arguments-changed-after-creation",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers"],
  mentions: ["fp16", "bf16", "tf32", "torch_compile", "deepspeed", "label_smoothing_factor", "report_to", "_strategy", "load_best_model_at_end", "metric_for_best_model"],
  messages: {
    unread: "{field} is read when {class} is built, and writing it later changes nothing in the training. Pass it to {class}.",
    unreadByTrainer: "{field} is read when the Trainer is built, and writing it later changes nothing in the training. Set it before.",
    evaluation: 'With {field}="steps" written after {class} is built, eval_steps isn\'t taken from logging_steps={steps}: evaluates every 500 steps. Pass it to {class}, or set eval_steps.',
    noMetric: "load_best_model_at_end, written this late, gets no metric: raises ValueError when the Trainer is built (before transformers 4.47 nothing is loaded). Pass it to {class}.",
    direction: 'Written after {class} is built, "{metric}" doesn\'t set greater_is_better: its smallest value counts as the best. Pass it to {class}.',
    letters: "Before transformers 4.49 report_to is a list once {class} is built, and a text is taken apart: raises ValueError when the Trainer is built. Pass it to {class}.",
    lettersUnsure: "report_to written after {class} is built: before transformers 4.49 raises ValueError when the Trainer is built, because it is a list by then. Pass it to {class}.",
  },
  docs: {
    summary: "A training argument written after the arguments were built, where that is too late.",
    why: `\`TrainingArguments\` checks its values and works others out of them when it is built, and never again. Most fields can be written later, and the training reads them. Some can't:

- \`fp16\`, \`bf16\`, \`tf32\`, \`torch_compile\` and \`deepspeed\` take effect in the constructor alone: mixed precision stays as it was.
- \`eval_strategy="steps"\` doesn't take \`eval_steps\` from \`logging_steps\` any more: evaluation comes every 500 steps.
- \`load_best_model_at_end=True\` doesn't fill in \`metric_for_best_model\`: from 4.47 on the Trainer raises \`ValueError\`, before that nothing is loaded.
- \`metric_for_best_model="accuracy"\` leaves \`greater_is_better\` as it was: the checkpoint with the worst accuracy is kept.
- \`report_to="none"\` isn't made a list any more, which the Trainer needs before 4.49.`,
    examples: [
      {
        bad: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out")
args.bf16 = True
trainer = Trainer(model=model, args=args, train_dataset=train)
`,
        good: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", bf16=True)
args.output_dir = "elsewhere"
trainer = Trainer(model=model, args=args, train_dataset=train)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/training_args.py", "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/training_args.py"],
    silent: "For fields that are read during training; where the value stays what it was; where no Trainer of transformers gets the arguments; where the script builds them again from what they hold.",
  },
  check(ctx) {
    const { script } = ctx;
    // Built again, what was written is read after all.
    if (/__post_init__|\breplace\(|to_dict|asdict|\.set_\w+\(/.test(script.text)) return;
    for (const args of argumentObjectsOf(script)) {
      const trainer = trainersOf(script).find((each) => argumentsOf(each) === args.object && each.className.startsWith("transformers."));
      if (!trainer || args.call.isOpen || args.call.positional.length > 1) continue;
      for (const event of script.eventsOf(args.object)) checkWrite(ctx, args, trainer, event);
    }
  },
});

function checkWrite(ctx: RuleContext<Message>, args: Arguments, trainer: Trainer, event: ObjectEvent): void {
  const { script } = ctx;
  const { field } = event;
  if (event.kind !== "written" || event.isItem === true || field === undefined || event.value === undefined || event.frame) return;
  const value = script.evaluate(event.value);
  const given = args.call.value(field);
  if (isSame(value, given) || (given.kind !== "absent" && given.kind !== "literal")) return;
  const isEarly = script.precedes(event.node, trainer.call.node);
  const isLate = script.precedes(trainer.call.node, event.node);
  const problem = problemOf(ctx, args, field, value, given, { isEarly, isLate, at: trainer.call.span.start });
  if (!problem) return;
  ctx.report({
    message: problem.message,
    ...(problem.isError === true ? { severity: "error", raises: "ValueError" } : {}),
    data: { field, class: args.call.method, ...problem.data },
    at: script.tree.span(event.node),
    related: [{ message: "built here", range: args.call.nameSpan }],
    fixes: problem.message === "unreadByTrainer" ? [] : moveInto(script, args, event),
  });
}

interface Problem {
  readonly message: Message;
  readonly isError?: boolean;
  readonly data?: Readonly<Record<string, string | number>>;
}

/** Where a write stands to the Trainer's constructor; neither, where that isn't certain. */
interface Place {
  readonly isEarly: boolean;
  readonly isLate: boolean;
  readonly at: number;
}

function problemOf(ctx: RuleContext<Message>, args: Arguments, field: string, value: Value, given: Value, { isEarly, isLate, at }: Place): Problem | undefined {
  const isOff = given.kind === "absent" || truthOf(given) === false;
  if (READ_WHEN_BUILT.has(field)) {
    const turns = truthOf(value);
    return turns !== undefined && turns === isOff ? { message: "unread" } : undefined;
  }
  if (isLate && READ_BY_TRAINER.has(field)) return isNothing(value) || value.kind === "unknown" ? undefined : { message: "unreadByTrainer" };
  if (!isEarly) return undefined;
  const versions = ctx.versionsAt(at);
  switch (field) {
    case "eval_strategy":
    case "evaluation_strategy": {
      const steps = numberOf(args.call.value("logging_steps"));
      const isUnset = args.written("eval_steps").kind === "absent" && args.call.value("evaluation_strategy").kind === "absent";
      return strategyOf(value) === "steps" && isUnset && steps !== undefined && steps !== DEFAULT_STEPS ? { message: "evaluation", data: { steps } } : undefined;
    }
    case "load_best_model_at_end": {
      const lacks = args.written("metric_for_best_model").kind === "absent" && args.call.value("lr_scheduler_type").kind === "absent";
      return truthOf(value) === true && isOff && lacks ? { message: "noMetric", isError: versions.holds({ transformers: ">=4.47" }) === "always" } : undefined;
    }
    case "metric_for_best_model": {
      const metric = stringOf(value);
      const isSettled = given.kind === "absent" || stringOf(given)?.endsWith("loss") === true;
      const isKept = truthOf(args.field("load_best_model_at_end")) === true;
      return isKept && isSettled && metric !== undefined && isGreaterBetter(metric) === true && args.written("greater_is_better").kind === "absent" ? { message: "direction", data: { metric } } : undefined;
    }
    case "report_to": {
      const holds = versions.holds({ transformers: "<4.49" });
      if (stringOf(value) === undefined || holds === "never") return undefined;
      return { message: holds === "always" ? "letters" : "lettersUnsure", isError: holds === "always" };
    }
    default:
      return undefined;
  }
}

/** The write as an argument of the call. */
function moveInto(script: Script, { call }: Arguments, event: ObjectEvent): Fix[] {
  const { tree } = script;
  const { field, value = NO_NODE } = event;
  const statement = statementOf(tree, event.node);
  if (field === undefined || script.evaluate(value).kind !== "literal" || script.functionScope(script.scopes.scopeOf(statement)) !== script.functionScope(script.scopes.scopeOf(call.node))) return [];
  if (script.flow.armsOf(statement).length !== script.flow.armsOf(call.node).length) return [];
  const argument = call.keywords.get(field);
  const text = tree.textOf(value);
  const edit = argument ? replaceValue(script, argument, text) : addArgument(script, call, field, text);
  return edit ? [{ title: `Move \`${field}\` into the call`, safety: "unsafe", edits: [edit, deleteStatement(tree, statement)] }] : [];
}
