import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { numberOf, truthOf, type Value } from "../../script/values.js";
import { argumentOf, placeOfOption, trlTrainersOf, type TrlTrainer } from "./trainerCalls.js";

interface Row {
  readonly method: "IterativeSFT" | "GRPO";
  readonly fields: readonly string[];
  /** The versions in which the trainer reads the field itself. */
  readonly versions: string;
  /** Whether the class is gone in all others, so that an unknown version is one of these. */
  readonly isWholeLife: boolean;
  readonly does: string;
  readonly reads: (script: Script, trainer: TrlTrainer) => boolean;
}

/** Where the trainers compute `global_step % args.logging_steps` by themselves. */
const ROWS: readonly Row[] = [
  { method: "IterativeSFT", fields: ["logging_steps", "eval_steps"], versions: ">=0.7.3,<0.24", isWholeLife: true, does: "logs or evaluates", reads: () => true },
  {
    method: "GRPO",
    fields: ["logging_steps"],
    versions: ">=0.16,<0.17",
    isWholeLife: false,
    does: "shows completions",
    reads: (script, trainer) => truthOf(argumentOf(script, trainer, "log_completions")) === true,
  },
];

export default defineRule({
  id: "trl/unresolved-ratio-steps",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["trl"],
  mentions: ["IterativeSFTTrainer", "GRPOTrainer"],
  messages: {
    ratio: "{class} never takes {field}={value} as a share of the training: it {does} {when}. Use a whole number of steps.",
  },
  docs: {
    summary: "A fraction for logging_steps or eval_steps in a TRL trainer that divides the step by it.",
    why: `A number of steps below 1 is a share of the whole training, which transformers works out when it starts. Two trainers of TRL don't ask for the result and divide the step by the argument as it
was written: \`IterativeSFTTrainer\` (in trl 0.7.3 to 0.23, where it lives) and, with \`log_completions=True\`, the \`GRPOTrainer\` of 0.16. For 0.5 and 0.25 the remainder is 0 at every
step; for 0.75 at every third; for 0.1, which is no binary fraction, it never is.`,
    examples: [
      {
        versions: { trl: "0.19.1" },
        bad: `from transformers import TrainingArguments
from trl import IterativeSFTTrainer

args = TrainingArguments("out", max_steps=1000, logging_steps=0.1)
trainer = IterativeSFTTrainer(model, args=args, processing_class=tokenizer)
`,
        good: `from transformers import TrainingArguments
from trl import IterativeSFTTrainer

args = TrainingArguments("out", max_steps=1000, logging_steps=100)
trainer = IterativeSFTTrainer(model, args=args, processing_class=tokenizer)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.19.1/trl/trainer/iterative_sft_trainer.py", "https://github.com/huggingface/trl/blob/v0.16.1/trl/trainer/grpo_trainer.py"],
    silent: "For GRPO where the version isn't known to be 0.16; for numbers from outside the script.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const row of ROWS) {
      if (!script.text.includes(`${row.method}Trainer`)) continue;
      for (const trainer of trlTrainersOf(script, [row.method])) {
        const holds = ctx.versionsAt(trainer.call.span.start).holds({ trl: row.versions });
        if (holds === "never" || (holds === "sometimes" && !row.isWholeLife) || !row.reads(script, trainer)) continue;
        for (const field of row.fields) {
          const value = argumentOf(script, trainer, field);
          const steps = numberOf(value) ?? 1;
          if (steps <= 0 || steps >= 1) continue;
          const data = { class: `${row.method}Trainer`, field, value: steps, does: row.does, when: stepsOf(steps) };
          ctx.report({ message: "ratio", data, at: placeOfOption(script, trainer, field), fixes: fixesOf(script, value) });
        }
      }
    }
  },
});

/** At which steps the remainder is 0: Python takes it as JavaScript does. */
function stepsOf(ratio: number): string {
  const hits = Array.from({ length: 1000 }, (_, index) => (index + 1) % ratio === 0).filter(Boolean).length;
  return hits === 1000 ? "at every step" : hits === 0 ? "at no step" : `at ${hits} of 1000 steps`;
}

function fixesOf(script: Script, value: Value): Fix[] {
  const node = value.kind === "literal" ? (value.folded?.origin ?? value.origin) : undefined;
  return node === undefined ? [] : [{ title: "Use a whole number of steps", safety: "placeholder", edits: [replaceNode(script.tree, node, "${1:500}")] }];
}
