import { addArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { truthOf } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { always, isPlain, placeOfField } from "./trainers.js";
import { readsAttribute, trainingsOf } from "./training.js";

export default defineRule({
  id: "transformers/resume-ignored",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl"],
  mentions: ["resume_from_checkpoint"],
  messages: {
    ignored: "train() never reads resume_from_checkpoint of the training arguments: training starts from scratch. Pass it to train(resume_from_checkpoint=...).",
  },
  docs: {
    summary: "resume_from_checkpoint in TrainingArguments, and a train() that doesn't get it.",
    why: `\`TrainingArguments(resume_from_checkpoint=...)\` isn't read by the Trainer: the field is there for scripts that parse it from the command line and hand it on. \`trainer.train()\`
without an argument starts from scratch, with no message, and overwrites the checkpoints one by one. The path, or True for the last checkpoint, belongs into
\`trainer.train(resume_from_checkpoint=...)\`.`,
    examples: [
      {
        bad: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", resume_from_checkpoint="out/checkpoint-500")
trainer = Trainer(model=model, args=args, train_dataset=train)
trainer.train()
`,
        good: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", resume_from_checkpoint="out/checkpoint-500")
trainer = Trainer(model=model, args=args, train_dataset=train)
trainer.train(resume_from_checkpoint=args.resume_from_checkpoint)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/trainer.py", "https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py"],
    silent: "Where the script reads the field anywhere; where `train()` gets an argument; where it is None, False or comes from outside.",
  },
  check(ctx) {
    const { script } = ctx;
    if (readsAttribute(script, "resume_from_checkpoint")) return;
    for (const { trainer, args, trains, reader, written } of trainingsOf(script)) {
      const [train] = trains;
      if (args === "none" || !train || !(isPlain(trainer) || trainer.className.startsWith("trl."))) continue;
      if (!always({ value: written("resume_from_checkpoint") }, (way) => truthOf(way.value) === true)) continue;
      if (trains.some((call) => !isNothing(call.value("resume_from_checkpoint", 0)) || call.isOpen || call.keywords.size > 0)) continue;
      const at = placeOfField(script, args, "resume_from_checkpoint", reader);
      const argument = args.call?.keywords.get("resume_from_checkpoint");
      if (!at) continue;
      const edit = argument?.value.kind === "literal" ? addArgument(script, train, "resume_from_checkpoint", script.tree.textOf(argument.node)) : undefined;
      ctx.report({
        message: "ignored",
        at,
        related: [{ message: "starts from scratch", range: train.span }],
        fixes: edit ? [{ title: "Pass it to `train()`, which then resumes", safety: "unsafe", edits: [edit] }] : [],
      });
    }
  },
});
