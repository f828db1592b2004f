import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { always, givenTo, trainersOf, type Trainer } from "./trainers.js";

export default defineRule({
  id: "transformers/both-model-and-model-init",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["Trainer"],
  messages: {
    neither: "{class} gets neither a model nor a model_init: raises RuntimeError when {class} is built. Pass one of the two.",
    both: "{class} gets a model and a model_init: raises ValueError when {class} is built. Drop one of the two.",
    bothUnsure: "{class} gets a model and a model_init: raises ValueError from transformers 5.2 on; before, warns and model_init wins. Drop one of the two.",
    optimizers: "model_init makes a new model for each run, so {class} can't take optimizers for it: raises RuntimeError when {class} is built. Override create_optimizer, or pass model.",
  },
  docs: {
    summary: "A Trainer with neither a model nor a model_init, with both, or with a model_init and optimizers.",
    why: `The Trainer needs one source for its model: \`model\`, or \`model_init\`, a function that makes it (and makes it again for each trial of a search). Neither raises \`RuntimeError\`.
Both raise \`ValueError\` from transformers 5.2 on; before a warning says that \`model_init\` overwrites the model. And \`optimizers\` hold the parameters of a model that exists, so they don't go
with \`model_init\`: \`RuntimeError\`.`,
    examples: [
      {
        bad: `from transformers import Trainer, TrainingArguments

trainer = Trainer(args=TrainingArguments("out"), train_dataset=train)
`,
        good: `from transformers import Trainer, TrainingArguments

trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=train)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer.py", "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/trainer.py"],
    silent: "Where one of them comes from outside or may be None; on the trainers of other libraries.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      if (!trainer.className.startsWith("transformers.") || inherits(script, trainer)) continue;
      const { call } = trainer;
      const [model, init, optimizers] = [givenTo(trainer, "model"), givenTo(trainer, "model_init"), givenTo(trainer, "optimizers")];
      const data = { class: call.method };
      if (always({ model, init }, (way) => isNothing(way.model) && isNothing(way.init))) {
        ctx.report({ message: "neither", data, at: call.nameSpan, raises: "RuntimeError" });
        continue;
      }
      const argument = call.keywords.get("model_init");
      if (!argument || !isFunction(init)) continue;
      const at = script.tree.span(argument.entry);
      if (isModel(model)) {
        const holds = ctx.versionsAt(call.span.start).holds({ transformers: ">=5.2" });
        const fixes = [{ title: "Drop `model_init`", safety: "unsafe" as const, edits: [removeArgument(script, argument)] }];
        ctx.report({ message: holds === "always" ? "both" : "bothUnsure", severity: holds === "always" ? "error" : "warning", data, at, raises: "ValueError", fixes });
      } else if (isNothing(model) && optimizers.kind === "sequence" && optimizers.items.some((item) => item.kind === "instance" || item.kind === "call")) {
        ctx.report({ message: "optimizers", data, at, raises: "RuntimeError" });
      }
    }
  },
});

/** Whether a class of the script stands between, or others besides transformers' own. */
function inherits(script: Script, { ownClass, className }: Trainer): boolean {
  if (!ownClass) return false;
  return !script.lineage(ownClass).every((each) => each.bases.every((base) => {
    const value = script.evaluate(base);
    return value.kind === "class" || (value.kind === "reference" && value.name === className);
  }));
}

function isFunction(value: Value): boolean {
  return value.kind === "function";
}

function isModel(value: Value): boolean {
  return value.kind === "instance";
}
