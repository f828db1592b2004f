import { replaceNode } from "../../analysis/edits.js";
import { defineRule, type Report } from "../../analysis/rule.js";
import type { Versions } from "../../environment/versions.js";
import { stringOf } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { trainingsOf } from "./training.js";
import { givenTo } from "./trainers.js";

/** The optimizers of bitsandbytes by the names of `OptimizerNames`: the last ones to look like it, `adamw_torch_8bit`, are torchao's. */
const OF_BITSANDBYTES = /^(?:adamw_(?:bnb_)?8bit|paged_\w+|lion_(?:8|32)bit|rmsprop_bnb(?:_(?:8|32)bit)?|ademamix(?:_8bit)?)$/;

/** Where a bitsandbytes that is installed is too old, and what the library raises then. */
const TOO_OLD = [
  { optim: OF_BITSANDBYTES, asker: "transformers 5", from: "0.46.1", when: { transformers: ">=5.0", bitsandbytes: "<0.46.1" }, exception: "ImportError" },
  { optim: /ademamix/, asker: "AdEMAMix", from: "0.44", when: { transformers: "<5.0", bitsandbytes: "<0.44" }, exception: "ValueError" },
] as const;

export default defineRule({
  id: "transformers/optimizer-needs-package",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["optim"],
  messages: {
    absent: '{optim} is an optimizer of bitsandbytes, which is not installed here: raises {exception} when train() is called. Install it, or use "adamw_torch".',
    tooOld: '{optim} is an optimizer of bitsandbytes, which {asker} wants from {from} on, and here it is {version}: raises {exception} when train() is called. Upgrade it, or use "adamw_torch".',
  },
  docs: {
    summary: "An optimizer of bitsandbytes where bitsandbytes is not installed, or too old.",
    why: `\`adamw_8bit\`, the \`paged_\` optimizers, \`lion_8bit\` and their like come from bitsandbytes. Nothing looks for it when \`TrainingArguments\` and the Trainer are built: \`train()\` raises
\`ValueError\` (from transformers 5 on \`ImportError\`), after the model is loaded and the data are prepared. \`pip install bitsandbytes\` is the cure; \`adamw_torch\` takes four times the memory for its states.

Transformers 5 does the same with a bitsandbytes before 0.46.1, with the same message as if there were none, and the \`ademamix\` optimizers need 0.44 in transformers 4 (\`ValueError\`).`,
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
      {
        versions: { transformers: "5.18.0", bitsandbytes: "0.45.5" },
        bad: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", optim="adamw_8bit")
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
    references: [
      "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/trainer.py#L1549",
      "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer_optimizer.py#L246",
      "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/utils/import_utils.py#L1202",
    ],
    silent:
      "Where some of the versions that bitsandbytes may have will do. Where none is known: unless the folders of the script's interpreter were read, hold transformers and hold no bitsandbytes, and no file of the project asks for it: a script may run on another machine. Where it isn't trained, and with an optimizer of one's own.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { trainer, args, trains, field } of trainingsOf(script)) {
      const optim = stringOf(field("optim"));
      const versions = ctx.versionsAtNode(trainer.call.node);
      const fault = optim === undefined ? undefined : faultOf(optim, versions);
      if (!fault) continue;
      // What brings an optimizer itself never asks for the named one.
      if (trains.length === 0 || trainer.ownClass || trainer.call.isOpen || !isNothing(givenTo(trainer, "optimizers"))) continue;
      const written = args === "none" ? undefined : args.call?.keywords.get("optim");
      if (!written) continue;
      ctx.report({
        ...fault,
        at: script.tree.span(written.entry),
        fixes: written.value.kind === "literal" ? [{ title: 'Use "adamw_torch" (more memory)', safety: "unsafe", edits: [replaceNode(script.tree, written.node, '"adamw_torch"')] }] : [],
      });
    }
  },
});

/** What there is to say of an optimizer and the bitsandbytes that is there, if it is certainly none that will do. */
function faultOf(optim: string, versions: Versions): Pick<Report<"absent" | "tooOld">, "message" | "data" | "raises"> | undefined {
  if (!OF_BITSANDBYTES.test(optim)) return undefined;
  const quoted = `"${optim}"`;
  if (versions.isAbsent("bitsandbytes")) {
    const raises = versions.holds({ transformers: ">=5.0" }) === "always" ? "ImportError" : "ValueError";
    return { message: "absent", data: { optim: quoted, exception: raises }, raises };
  }
  const row = TOO_OLD.find((each) => each.optim.test(optim) && versions.holds(each.when) === "always");
  const version = versions.fact("bitsandbytes")?.range.shown;
  return row && version !== undefined ? { message: "tooOld", data: { optim: quoted, asker: row.asker, from: row.from, version, exception: row.exception }, raises: row.exception } : undefined;
}
