import { importedName } from "../../analysis/importEdits.js";
import { mergedEdits, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { argumentsOf, placeGiven, trainersOf } from "./trainers.js";

export default defineRule({
  id: "transformers/plain-arguments-in-seq2seq-trainer",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["Seq2SeqTrainer"],
  messages: {
    none: "{class} without args makes plain TrainingArguments for itself: raises AttributeError when {class} is built. Pass Seq2SeqTrainingArguments.",
    plain: "{class} needs Seq2SeqTrainingArguments, but gets TrainingArguments: raises AttributeError when {class} is built.",
  },
  docs: {
    summary: "A Seq2SeqTrainer with plain TrainingArguments.",
    why: `\`Seq2SeqTrainer\` reads \`generation_config\`, \`predict_with_generate\` and others from its arguments, which only \`Seq2SeqTrainingArguments\` has: with plain
\`TrainingArguments\` it raises \`AttributeError\` when it is built.`,
    examples: [
      {
        bad: `from transformers import Seq2SeqTrainer, TrainingArguments

args = TrainingArguments("out", learning_rate=3e-4)
trainer = Seq2SeqTrainer(model=model, args=args, train_dataset=train, data_collator=collator)
`,
        good: `from transformers import Seq2SeqTrainer, Seq2SeqTrainingArguments

args = Seq2SeqTrainingArguments("out", learning_rate=3e-4)
trainer = Seq2SeqTrainer(model=model, args=args, train_dataset=train, data_collator=collator)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/trainer_seq2seq.py"],
    silent: "Where the arguments come from a helper that can't be seen, or are of the script's own class; where the script adds the attributes itself.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      const args = trainer.className === "transformers.Seq2SeqTrainer" ? argumentsOf(trainer) : undefined;
      if (args === "none") ctx.report({ message: "none", data: { class: trainer.call.method }, at: placeGiven(script, trainer, "args"), raises: "AttributeError" });
      if (!args || args === "none" || args.className !== "transformers.TrainingArguments") continue;
      const adds = script.eventsOf(args).some((event) => event.kind === "escaped" || (event.kind === "written" && (event.field === undefined || event.field === "generation_config")));
      if (adds) continue;
      ctx.report({
        message: "plain",
        data: { class: trainer.call.method },
        at: placeGiven(script, trainer, "args"),
        raises: "AttributeError",
        related: args.call ? [{ message: "the arguments are made here", range: args.call.nameSpan }] : [],
        fixes: args.call ? fixesOf(script, args.call) : [],
      });
    }
  },
});

function fixesOf(script: Script, call: Call): Fix[] {
  const { tree } = script;
  const imported = importedName(script, "transformers", "Seq2SeqTrainingArguments");
  const isPlainName = /^(?:\w+\.)?TrainingArguments$/.test(tree.textOf(call.function));
  if (!imported || !isPlainName) return [];
  return [{ title: "Use `Seq2SeqTrainingArguments`", safety: "safe", edits: mergedEdits([...imported.edits, replaceNode(tree, call.function, imported.text)]) }];
}
