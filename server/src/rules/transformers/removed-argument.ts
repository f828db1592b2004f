import { defineRule } from "../../analysis/rule.js";
import { removedMessages, reportRemoved } from "../accepted/argumentReports.js";

export default defineRule({
  id: "transformers/removed-argument",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  messages: removedMessages,
  docs: {
    summary: "An argument that the installed transformers no longer takes, or will not much longer.",
    why: `Arguments of \`TrainingArguments\`, \`Trainer\`, \`from_pretrained\` and their like were renamed and removed over the years; 5.0 removed most of what 4.x had only warned about.
Each removed one raises \`TypeError\`, often after the data have been prepared and the model has been loaded; a few are swallowed without a word.

With the version known this is an error where the argument is gone, and a struck-through hint where it is deprecated. With the version unknown it is a warning that names the
version of the removal. The renames are safe fixes; what takes another form (\`warmup_ratio\`, \`logging_dir\`) is offered singly.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", evaluation_strategy="epoch")
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch")
`,
      },
      {
        title: "The tokenizer of the Trainer",
        versions: { transformers: "5.18.0" },
        bad: `from transformers import Trainer

trainer = Trainer(model=model, args=args, train_dataset=dataset, tokenizer=tokenizer)
`,
        good: `from transformers import Trainer

trainer = Trainer(model=model, args=args, train_dataset=dataset, processing_class=tokenizer)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/pull/30190", "https://github.com/huggingface/transformers/blob/main/MIGRATION_GUIDE_V5.md"],
    silent:
      "Inside `try`/`except TypeError`; in a branch on the library's version; where the script asks for the signature itself (`if \"eval_strategy\" in inspect.signature(...).parameters`); for subclasses of the script's own.",
  },
  check(ctx) {
    reportRemoved(ctx, "transformers");
  },
});
