import { defineRule } from "../../analysis/rule.js";
import { removedMessages, reportRemoved } from "../accepted/argumentReports.js";

export default defineRule({
  id: "sentence-transformers/removed-argument",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  messages: removedMessages,
  docs: {
    summary: "An argument that sentence-transformers has renamed, or no longer takes.",
    why: `4.0 renamed \`CrossEncoder\`'s \`automodel_args\` to \`model_kwargs\` and \`default_activation_function\` to \`activation_fn\`; 5.4 renamed \`tokenizer_kwargs\` to \`processor_kwargs\` and the
trainer's \`tokenizer\` to \`processing_class\`. The old names still work, with a warning. So does
\`warmup_ratio\`, deprecated from 5.3 on, which warns with transformers 5 only.`,
    examples: [
      {
        versions: { "sentence-transformers": "4.1.0" },
        bad: `from sentence_transformers import CrossEncoder

model = CrossEncoder("cross-encoder/ms-marco-MiniLM-L6-v2", automodel_args={})
`,
        good: `from sentence_transformers import CrossEncoder

model = CrossEncoder("cross-encoder/ms-marco-MiniLM-L6-v2", model_kwargs={})
`,
      },
    ],
    references: ["https://sbert.net/docs/migration_guide.html"],
    silent: "With the version unknown; in a branch on the library's version; where the script asks for the signature itself.",
  },
  check(ctx) {
    reportRemoved(ctx, "sentence-transformers");
  },
});
