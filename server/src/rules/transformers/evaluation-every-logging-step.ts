import { addBeside } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { numberOf } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { strategyOf } from "./schedule.js";
import { always } from "./trainers.js";
import { argumentObjectsOf } from "./training.js";

/** Logging as often as this is usual; a whole evaluation as often as this is not. */
const OFTEN = 50;
/** A run of no more than this many evaluations is a trial. */
const FEW = 10;

export default defineRule({
  id: "transformers/evaluation-every-logging-step",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["logging_steps"],
  messages: {
    often: 'eval_strategy="steps" without eval_steps goes by logging_steps: a whole evaluation after every {steps}. Set eval_steps.',
  },
  docs: {
    summary: "An evaluation at every logging step, because eval_steps is missing.",
    why: `With \`eval_strategy="steps"\` and no \`eval_steps\` the evaluation takes its interval from \`logging_steps\`. Logging often is cheap; a pass over the whole evaluation set every
1 or 10 steps can take most of the run's time, and nothing says why it is so slow.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="steps", logging_steps=10, num_train_epochs=3)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="steps", eval_steps=500, logging_steps=10, num_train_epochs=3)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py"],
    silent: `With more than ${OFTEN} steps between two logs; in short trials, where \`max_steps\` is no more than ${FEW} times \`logging_steps\`.`,
  },
  check(ctx) {
    const { script } = ctx;
    for (const { call, field, written } of argumentObjectsOf(script)) {
      const logging = call.keywords.get("logging_steps");
      const steps = logging && numberOf(logging.value);
      if (!logging || steps === undefined || steps < 1 || steps > OFTEN) continue;
      const ways = { strategy: field("eval_strategy"), evalSteps: written("eval_steps"), total: field("max_steps"), logged: written("logging_steps") };
      const isOften = always(ways, (way) => {
        const total = numberOf(way.total);
        const isUnset = isNothing(way.evalSteps) || numberOf(way.evalSteps) === 0;
        return strategyOf(way.strategy) === "steps" && isUnset && numberOf(way.logged) === steps && total !== undefined && (total <= 0 || total > FEW * steps);
      });
      if (!isOften) continue;
      ctx.report({
        message: "often",
        data: { steps: steps === 1 ? "step" : `${steps} steps` },
        at: script.tree.span(logging.entry),
        fixes: call.keywords.has("eval_steps") ? [] : [{ title: "Set `eval_steps`", safety: "placeholder", edits: [addBeside(script, logging, "eval_steps", "${1:500}")] }],
      });
    }
  },
});
