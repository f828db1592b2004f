import { defineRule } from "../../analysis/rule.js";
import { removedMessages, reportRemoved } from "../accepted/argumentReports.js";

export default defineRule({
  id: "accelerate/removed-argument",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["accelerate"],
  messages: removedMessages,
  docs: {
    summary: "An argument that the installed accelerate no longer takes.",
    why: `\`dispatch_batches\`, \`even_batches\` and \`use_seedable_sampler\` left \`Accelerator\` in 1.0: they are fields of \`DataLoaderConfiguration\`. \`split_batches\` is still taken.`,
    examples: [
      {
        versions: { accelerate: "1.2.0" },
        bad: `from accelerate import Accelerator

accelerator = Accelerator(even_batches=False)
`,
        good: `from accelerate import Accelerator, DataLoaderConfiguration

accelerator = Accelerator(dataloader_config=DataLoaderConfiguration(even_batches=False))
`,
      },
    ],
    references: ["https://github.com/huggingface/accelerate/blob/v1.0.0/src/accelerate/accelerator.py"],
    silent: "In a branch on the library's version; where the script asks for the signature itself; for callables that take any keyword.",
  },
  check(ctx) {
    reportRemoved(ctx, "accelerate");
  },
});
