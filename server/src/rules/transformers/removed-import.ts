import { defineRule } from "../../analysis/rule.js";
import { importMessages, reportImports } from "../accepted/importReports.js";

export default defineRule({
  id: "transformers/removed-import",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  messages: importMessages,
  docs: {
    summary: "A name that the installed transformers no longer has, or not yet.",
    why: `Names leave the package from release to release: \`AdamW\` in 4.49 or so, and with 5.0 all TensorFlow and Flax classes, the old pipelines, the constraint classes and many aliases.
The import raises \`ImportError\` in the first second, but on the machine that has the newer version.`,
    examples: [
      {
        versions: { transformers: "5.18.0" },
        bad: `from transformers import AutoModelForVision2Seq

model = AutoModelForVision2Seq.from_pretrained(path)
`,
        good: `from transformers import AutoModelForImageTextToText

model = AutoModelForImageTextToText.from_pretrained(path)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/MIGRATION_GUIDE_V5.md", "https://github.com/huggingface/transformers/pull/36177"],
    silent: "Inside `try`/`except ImportError`; in a branch on the library's version; behind `hasattr`; with the version unknown for names that the newest release has. Names that no version ever had are left to the language server, which sees the installed package.",
  },
  check(ctx) {
    reportImports(ctx, "transformers", { judges: false });
  },
});
