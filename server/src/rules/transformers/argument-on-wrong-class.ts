import { defineRule } from "../../analysis/rule.js";
import { isKindOf } from "../../knowledge/classes.js";
import { shownName } from "../accepted/argumentFixes.js";
import { moveFixes } from "../accepted/configMove.js";
import { judgedArguments } from "../accepted/judgedArguments.js";
import { ownerOf } from "../accepted/owners.js";
import { trainerMoveFixes } from "../accepted/trainerMove.js";

export default defineRule({
  id: "transformers/argument-on-wrong-class",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["Trainer", "Arguments", "Config"],
  messages: { wrongClass: "{name} is an argument of {owner}, not of {class}: raises TypeError. Move it there." },
  docs: {
    summary: "A setting given to the Trainer instead of its arguments, or the other way round.",
    why: `What the training is like (\`learning_rate\`, \`gradient_checkpointing\`, \`fp16\`) is a field of \`TrainingArguments\`, or of TRL's config classes; what it works on (\`compute_metrics\`,
\`train_dataset\`, \`callbacks\`) is an argument of the trainer. Each raises \`TypeError\` on the other's names, usually after the model has been loaded.`,
    examples: [
      {
        bad: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out")
trainer = Trainer(model=model, args=args, train_dataset=dataset, gradient_checkpointing=True)
`,
        good: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", gradient_checkpointing=True)
trainer = Trainer(model=model, args=args, train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/trainer.py", "https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py"],
    silent: "Where the name is an argument of neither class; where `trl/moved-to-config` speaks.",
  },
  check(ctx) {
    for (const library of ["transformers", "trl", "sentence-transformers"] as const) {
      for (const judged of judgedArguments(ctx, library)) {
        const owner = ownerOf(ctx, judged);
        if (owner === undefined) continue;
        const { call, target, name, argument, versions } = judged;
        const isTrainer = isKindOf(target, "transformers.Trainer");
        ctx.report({
          message: "wrongClass",
          data: { name, owner: shownName(owner), class: shownName(target) },
          at: ctx.script.tree.span(argument.key),
          severity: judged.isCertain ? "error" : "warning",
          raises: "TypeError",
          fixes: isTrainer ? moveFixes(ctx, call, target, [{ argument, name }], versions) : trainerMoveFixes(ctx.script, call, argument),
        });
      }
    }
  },
});
