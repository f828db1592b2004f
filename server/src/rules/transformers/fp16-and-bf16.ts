import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { combinationsOf } from "../../script/combinations.js";
import { truthOf } from "../../script/values.js";

const PAIRS = [
  ["fp16", "bf16"],
  ["fp16_full_eval", "bf16_full_eval"],
] as const;

export default defineRule({
  id: "transformers/fp16-and-bf16",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["bf16"],
  messages: {
    both: "{half} and {brain} are both on: raises ValueError when {class} is built. Drop one: bf16 is the safer where the GPU has it (Ampere and newer).",
  },
  docs: {
    summary: "fp16 and bf16 switched on together.",
    why: `Training can run in one half precision only. \`TrainingArguments\` raises \`ValueError\` when both are on, and the same for \`fp16_full_eval\` with
\`bf16_full_eval\`. \`bf16\` has the range of float32 and needs no loss scaling, but an Ampere GPU (A100, RTX 30) or a newer one; \`fp16\` runs on older ones.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", fp16=True, bf16=True)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", bf16=True)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py"],
    silent: "Where one of the two depends on the hardware or the command line.",
  },
  check(ctx) {
    for (const call of ctx.script.callsTo("transformers.TrainingArguments")) {
      for (const [half, brain] of PAIRS) {
        const [first, second] = [call.keywords.get(half), call.keywords.get(brain)];
        if (!first || !second) continue;
        const ways = combinationsOf({ first: first.value, second: second.value }) ?? [];
        const failing = ways.filter(({ values }) => truthOf(values.first) === true && truthOf(values.second) === true);
        if (failing.length === 0) continue;
        const drop = ways.length === 1;
        ctx.report({
          message: "both",
          severity: failing.length === ways.length ? "error" : "warning",
          data: { half, brain, class: call.method },
          at: ctx.script.tree.span(second.entry),
          raises: "ValueError",
          related: [{ message: `${half} is set here`, range: ctx.script.tree.span(first.entry) }],
          fixes: drop
            ? [
                { title: `Drop \`${half}\` (train in bfloat16)`, safety: "unsafe", edits: [removeArgument(ctx.script, first)] },
                { title: `Drop \`${brain}\` (train in float16)`, safety: "unsafe", edits: [removeArgument(ctx.script, second)] },
              ]
            : [],
        });
      }
    }
  },
});
