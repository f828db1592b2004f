import { defineRule } from "../../analysis/rule.js";
import { reportUnknown, unknownMessages } from "../accepted/argumentReports.js";

export default defineRule({
  id: "transformers/unknown-argument",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  messages: unknownMessages,
  docs: {
    summary: "An argument that no version of transformers takes, or not yet the installed one.",
    why: `A misspelled or borrowed name (\`epochs\`, \`lr\`, \`gradient_checking\`) raises \`TypeError\` when the object is built. So does a name from a newer release than the one
installed: \`eval_strategy\` before 4.41, \`processing_class\` before 4.46, \`dtype\` before 4.56.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", epochs=3)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", num_train_epochs=3)
`,
      },
      {
        title: "Newer than installed",
        versions: { transformers: "4.30.2" },
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch")
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", save_strategy="epoch")
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py", "https://github.com/huggingface/transformers/pull/30190"],
    silent:
      "With the version unknown for names that the newest release takes; for callables that take any keyword; where the script asks for the signature itself; for subclasses of the script's own; for a key that is only sometimes in a dict which another call takes too.",
  },
  check(ctx) {
    reportUnknown(ctx, "transformers");
  },
});
