import { addArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { hasNoLength } from "../../script/datasets.js";
import { numberOf } from "../../script/values.js";
import { always, argumentsOf, fieldOf, givenTo, placeGiven, trainersOf } from "./trainers.js";

export default defineRule({
  id: "transformers/iterable-without-max-steps",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl"],
  mentions: ["streaming", "IterableDataset", "to_iterable_dataset"],
  messages: {
    missing: "train_dataset has no length, and max_steps is not set: raises ValueError when {class} is built. Set max_steps.",
  },
  docs: {
    summary: "A streamed dataset in a Trainer without max_steps.",
    why: `A streamed dataset has no length, so the Trainer can't work out how many steps the epochs come to, and the learning rate schedule needs that number.
It raises \`ValueError\` when it is built, unless \`max_steps\` is above 0. \`num_train_epochs\` doesn't help.`,
    examples: [
      {
        bad: `from datasets import load_dataset
from transformers import Trainer, TrainingArguments

stream = load_dataset("allenai/c4", "en", split="train", streaming=True)
args = TrainingArguments("out", num_train_epochs=1)
trainer = Trainer(model=model, args=args, train_dataset=stream)
`,
        good: `from datasets import load_dataset
from transformers import Trainer, TrainingArguments

stream = load_dataset("allenai/c4", "en", split="train", streaming=True)
args = TrainingArguments("out", max_steps=10_000)
trainer = Trainer(model=model, args=args, train_dataset=stream)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/trainer.py"],
    silent: "For datasets that may have a length: a class with `__len__`, a stream that was made a list, anything that can't be followed to where it is made.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      if (!/^(transformers|trl)\./.test(trainer.className)) continue;
      const args = argumentsOf(trainer);
      if (!args || !hasNoLength(script, givenTo(trainer, "train_dataset"))) continue;
      if (!always({ steps: fieldOf(script, args, "max_steps", trainer.call.node) }, (way) => (numberOf(way.steps) ?? 1) <= 0)) continue;
      const edit = args !== "none" && args.call && !args.call.keywords.has("max_steps") ? addArgument(script, args.call, "max_steps", "${1:1000}") : undefined;
      ctx.report({
        message: "missing",
        data: { class: trainer.call.method },
        at: placeGiven(script, trainer, "train_dataset"),
        raises: "ValueError",
        related: args !== "none" && args.call ? [{ message: "the arguments without max_steps", range: args.call.nameSpan }] : [],
        fixes: edit ? [{ title: "Set max_steps", safety: "placeholder", edits: [edit] }] : [],
      });
    }
  },
});
