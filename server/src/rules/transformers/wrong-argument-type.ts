import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { shownCode } from "../../analysis/message.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { everyAlternative, stringOf, type Value } from "../../script/values.js";
import { isPlain, trainersOf } from "./trainers.js";

/** The callbacks of transformers: their names are the one thing that all share. */
const CALLBACK = /^transformers\.(?:\w+\.)*\w+Callback$/;

export default defineRule({
  id: "transformers/wrong-argument-type",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["Trainer"],
  messages: {
    model: 'model is the string "{value}", and has to be a loaded model: {class} raises AttributeError. Load it with from_pretrained first.',
    args: 'args is the string "{value}", and has to be TrainingArguments: {class} raises AttributeError. Write TrainingArguments("{value}").',
    callbacks: "callbacks is {what}, not a list: {class} raises TypeError. Write callbacks=[...].",
  },
  docs: {
    summary: "A Trainer that gets a name for a model, a folder for arguments, or a callback outside of a list.",
    why: `The Trainer takes objects: a model that is loaded, a \`TrainingArguments\`, a *list* of callbacks. A string for one of the first two raises \`AttributeError\` when the Trainer is
built ("'str' object has no attribute ..."), a single callback or a tuple \`TypeError\` ("can only concatenate list"). TRL's trainers do take the name of a model; this one doesn't.`,
    examples: [
      {
        bad: `from transformers import EarlyStoppingCallback, Trainer, TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True)
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test, callbacks=EarlyStoppingCallback())
`,
        good: `from transformers import EarlyStoppingCallback, Trainer, TrainingArguments

args = TrainingArguments("out", eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True)
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test, callbacks=[EarlyStoppingCallback()])
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer.py"],
    silent: "On other Trainers: TRL's take the name of a model. On values whose kind isn't known.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      if (!isPlain(trainer)) continue;
      const { call } = trainer;
      const at = (argument: Argument) => script.tree.span(argument.entry);
      const [model, args, callbacks] = [call.argument("model", 0), call.argument("args", 1), call.keywords.get("callbacks")];
      if (model && isText(model.value)) ctx.report({ message: "model", data: { class: call.method, value: shown(model.value) }, at: at(model), raises: "AttributeError" });
      if (args && isText(args.value)) ctx.report({ message: "args", data: { class: call.method, value: shown(args.value) }, at: at(args), raises: "AttributeError" });
      if (!callbacks) continue;
      const what = kindOf(callbacks.value);
      if (what) ctx.report({ message: "callbacks", data: { class: call.method, what }, at: at(callbacks), raises: "TypeError", fixes: fixesOf(script, callbacks) });
    }
  },
});

function isText(value: Value): boolean {
  return everyAlternative(value, (each) => stringOf(each) !== undefined);
}

function shown(value: Value): string {
  return shownCode(stringOf(value) ?? "...", 60);
}

/** What something is that certainly isn't a list of callbacks. */
function kindOf(value: Value): string | undefined {
  if (value.kind === "instance" && CALLBACK.test(value.object.className ?? "")) return `a single ${value.object.className?.split(".").at(-1) ?? "callback"}`;
  if (value.kind === "reference" && CALLBACK.test(value.name)) return `the class ${value.name.split(".").at(-1) ?? ""}`;
  return value.kind === "sequence" && value.type !== "list" ? `a ${value.type}` : undefined;
}

function fixesOf(script: Script, argument: Argument): Fix[] {
  const text = script.tree.textOf(argument.node);
  if (argument.value.kind === "sequence") return [];
  return [{ title: "Put it into a list", safety: "safe", edits: [replaceNode(script.tree, argument.node, `[${text}]`)] }];
}
