import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { hasNoLength } from "../../script/datasets.js";
import { stringOf, truthOf } from "../../script/values.js";
import { always, givenTo, isPlain } from "./trainers.js";
import { trainingsOf } from "./training.js";

export default defineRule({
  id: "transformers/group-by-length-on-iterable",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["group_by_length"],
  messages: {
    raises: "group_by_length has to know all rows, and these are streamed: raises ValueError when {class} is built. Drop one of the two.",
    ignored: "Grouping by length has to know all rows, and these are streamed: it is ignored, and batches come in the order of the stream. Drop it.",
  },
  docs: {
    summary: "Rows grouped by length, from a dataset that is streamed.",
    why: `To put rows of like length together the sampler has to know all lengths before it starts. A streamed dataset has no length and no order to choose from. Up to transformers 5.1
\`group_by_length=True\` raises \`ValueError\` when the Trainer is built; from 5.2 on \`train_sampling_strategy="group_by_length"\` is ignored, with an information log.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from datasets import load_dataset
from transformers import Trainer, TrainingArguments

rows = load_dataset("me/texts", split="train", streaming=True)
trainer = Trainer(model=model, args=TrainingArguments("out", max_steps=1000, group_by_length=True), train_dataset=rows)
`,
        good: `from datasets import load_dataset
from transformers import Trainer, TrainingArguments

rows = load_dataset("me/texts", split="train", streaming=True)
trainer = Trainer(model=model, args=TrainingArguments("out", max_steps=1000), train_dataset=rows)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/trainer.py", "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer.py"],
    silent: "On datasets that aren't known to be streamed; where the argument comes from outside.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { trainer, args, written } of trainingsOf(script)) {
      if (args === "none" || !isPlain(trainer) || !hasNoLength(script, givenTo(trainer, "train_dataset"))) continue;
      const rows = [
        { argument: args.call?.keywords.get("group_by_length"), message: "raises", isOn: always({ on: written("group_by_length") }, (way) => truthOf(way.on) === true) },
        { argument: args.call?.keywords.get("train_sampling_strategy"), message: "ignored", isOn: stringOf(written("train_sampling_strategy")) === "group_by_length" },
      ] as const;
      for (const { argument, message, isOn } of rows) {
        // From 5.2 on group_by_length is no argument at all, and transformers/removed-argument says so.
        if (!argument || !isOn || (message === "raises" && ctx.versionsAt(trainer.call.span.start).holds({ transformers: ">=5.2" }) === "always")) continue;
        ctx.report({
          message,
          severity: message === "raises" ? "error" : "warning",
          data: { class: trainer.call.method },
          at: script.tree.span(argument.entry),
          ...(message === "raises" ? { raises: "ValueError" } : {}),
          fixes: [{ title: `Drop \`${argument.name ?? ""}\``, safety: "unsafe", edits: [removeArgument(script, argument)] }],
        });
      }
    }
  },
});
