import { addBeside, removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { truthOf } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { always, isPlain } from "./trainers.js";
import { argumentObjectsOf, trainingsOf } from "./training.js";

/** What only counts where predictions are generated. */
const OPTIONS = ["generation_num_beams", "generation_max_length", "generation_config"] as const;

export default defineRule({
  id: "transformers/generation-argument-ignored",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["predict_with_generate", "generation_num_beams", "generation_max_length", "Seq2SeqTrainingArguments"],
  messages: {
    plainTrainer: "A plain Trainer never reads predict_with_generate: nothing is generated, and compute_metrics gets logits. Use Seq2SeqTrainer.",
    withoutGenerate: "{option} is read only with predict_with_generate=True: nothing is generated. Set predict_with_generate=True, or drop {option}.",
  },
  docs: {
    summary: "predict_with_generate on a plain Trainer, or options of generation without it.",
    why: `Only \`Seq2SeqTrainer\` generates text when it evaluates, and only with \`predict_with_generate=True\`. A plain \`Trainer\` takes \`Seq2SeqTrainingArguments\` without a word and
hands logits to \`compute_metrics\`: a ROUGE or BLEU of them means nothing, or fails late. And \`generation_num_beams\`, \`generation_max_length\` and \`generation_config\` are not read
without the flag.`,
    examples: [
      {
        bad: `from transformers import Seq2SeqTrainingArguments, Trainer

args = Seq2SeqTrainingArguments("out", predict_with_generate=True)
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test, compute_metrics=compute_metrics)
`,
        good: `from transformers import Seq2SeqTrainer, Seq2SeqTrainingArguments

args = Seq2SeqTrainingArguments("out", predict_with_generate=True)
trainer = Seq2SeqTrainer(model=model, args=args, train_dataset=train, eval_dataset=test, compute_metrics=compute_metrics)
`,
      },
      {
        bad: `from transformers import Seq2SeqTrainingArguments

args = Seq2SeqTrainingArguments("out", generation_num_beams=4)
`,
        good: `from transformers import Seq2SeqTrainingArguments

args = Seq2SeqTrainingArguments("out", predict_with_generate=True, generation_num_beams=4)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer_seq2seq.py"],
    silent: "Where the flag comes from outside or is set later; where the script reads the field itself; on Trainer classes of the script.",
  },
  check(ctx) {
    const { script } = ctx;
    const { tree } = script;
    for (const { trainer, args, field } of trainingsOf(script)) {
      if (args === "none" || !isPlain(trainer) || trainer.className !== "transformers.Trainer") continue;
      const flag = args.call?.keywords.get("predict_with_generate");
      if (!flag || !always({ flag: field("predict_with_generate"), given: flag.value }, (way) => truthOf(way.given) === true)) continue;
      ctx.report({ message: "plainTrainer", at: tree.span(flag.entry), related: [{ message: "the plain Trainer", range: trainer.call.nameSpan }] });
    }
    for (const { call, written } of argumentObjectsOf(script)) {
      if (call.name !== "transformers.Seq2SeqTrainingArguments" || !always({ flag: written("predict_with_generate") }, (way) => way.flag.kind === "absent" || truthOf(way.flag) === false)) continue;
      for (const option of OPTIONS) {
        const argument = call.keywords.get(option);
        if (!argument || isNothing(argument.value) || argument.value.kind !== "literal" || new RegExp(`\\.${option}\\b`).test(script.text)) continue;
        ctx.report({
          message: "withoutGenerate",
          data: { option },
          at: tree.span(argument.entry),
          fixes: [
            ...(call.keywords.has("predict_with_generate") ? [] : [{ title: "Add `predict_with_generate=True` (evaluation then generates, which is slow)", safety: "unsafe" as const, edits: [addBeside(script, argument, "predict_with_generate", "True")] }]),
            { title: `Drop \`${option}\`, which has no effect`, safety: "unsafe", edits: [removeArgument(script, argument)] },
          ],
        });
      }
    }
  },
});
