import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { stringOf } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { trainingsOf } from "./training.js";
import { givenTo } from "./trainers.js";

/** The optimizers of bitsandbytes by the names of `OptimizerNames`: the last ones to look like it, `adamw_torch_8bit`, are torchao's. */
const OF_BITSANDBYTES = /^(?:adamw_(?:bnb_)?8bit|paged_\w+|lion_(?:8|32)bit|rmsprop_bnb(?:_(?:8|32)bit)?|ademamix(?:_8bit)?)$/;

export default defineRule({
  id: "transformers/optimizer-needs-package",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["optim"],
  messages: {
    absent: '{optim} is an optimizer of bitsandbytes, which is not installed here: raises {exception} when train() is called. Install it, or use "adamw_torch".',
  },
  docs: {
    summary: "An optimizer of bitsandbytes where bitsandbytes is not installed.",
    why: `\`adamw_8bit\`, the \`paged_\` optimizers, \`lion_8bit\` and their like come from bitsandbytes. Nothing looks for it when \`TrainingArguments\` and the Trainer are built: \`train()\` raises
\`ValueError\` (from transformers 5 on \`ImportError\`), after the model is loaded and the data are prepared. \`pip install bitsandbytes\` is the cure; \`adamw_torch\` takes four times the memory for its states.`,
    examples: [
      {
        versions: { transformers: "4.57.6", bitsandbytes: "none" },
        bad: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", optim="paged_adamw_8bit")
trainer = Trainer(model, args, train_dataset=train)
trainer.train()
`,
        good: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", optim="adamw_torch")
trainer = Trainer(model, args, train_dataset=train)
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/trainer.py#L1453"],
    silent:
      "Unless the folders of the script's interpreter were read, hold transformers and hold no bitsandbytes, and no file of the project asks for it: a script may run on another machine. Where it isn't trained, and with an optimizer of one's own.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { trainer, args, trains, field } of trainingsOf(script)) {
      const optim = stringOf(field("optim"));
      const versions = ctx.versionsAtNode(trainer.call.node);
      if (optim === undefined || !OF_BITSANDBYTES.test(optim) || !versions.isAbsent("bitsandbytes")) continue;
      // What brings an optimizer itself never asks for the named one.
      if (trains.length === 0 || trainer.ownClass || trainer.call.isOpen || !isNothing(givenTo(trainer, "optimizers"))) continue;
      const written = args === "none" ? undefined : args.call?.keywords.get("optim");
      if (!written) continue;
      ctx.report({
        message: "absent",
        data: { optim: `"${optim}"`, exception: versions.holds({ transformers: ">=5.0" }) === "always" ? "ImportError" : "ValueError" },
        at: script.tree.span(written.entry),
        fixes: written.value.kind === "literal" ? [{ title: 'Use "adamw_torch" (more memory)', safety: "unsafe", edits: [replaceNode(script.tree, written.node, '"adamw_torch"')] }] : [],
      });
    }
  },
});
