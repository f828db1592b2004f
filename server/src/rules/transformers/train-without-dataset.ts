import { shownCode } from "../../analysis/message.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { isNothing } from "../nothing.js";
import { always, callsOn, givenTo, isPlain, isRewritten, trainersOf, type Trainer } from "./trainers.js";

/** Methods of a class of one's own that bring the data, or replace what asks for it. */
const OWN_DATA = ["get_train_dataloader", "get_eval_dataloader", "train", "evaluate", "_inner_training_loop"] as const;

export default defineRule({
  id: "transformers/train-without-dataset",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["Trainer"],
  messages: {
    train: "{class} gets no train_dataset: {written}() raises ValueError. Pass train_dataset.",
    evaluate: "{class} gets no eval_dataset: {written}() raises ValueError. Pass eval_dataset to one of the two.",
  },
  docs: {
    summary: "train() or evaluate() on a Trainer that has no dataset for it.",
    why: `A Trainer may be built without datasets. \`train()\` then raises \`ValueError\` ("Trainer: training requires a train_dataset."), and \`evaluate()\` without an argument raises
\`ValueError\` ("Trainer: evaluation requires an eval_dataset."). It happens after the model has been loaded and the texts have been tokenised.`,
    examples: [
      {
        bad: `from transformers import Trainer, TrainingArguments

trainer = Trainer(model=model, args=TrainingArguments("out"), eval_dataset=test)
trainer.train()
`,
        good: `from transformers import Trainer, TrainingArguments

trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=train, eval_dataset=test)
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer.py"],
    silent: "Where the dataset is put on the Trainer later, or a class of the script brings its own loader; where it may be None only on some ways.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      if (!asksForData(script, trainer)) continue;
      const report = (message: "train" | "evaluate", call: Call): void => {
        const data = { class: trainer.call.method, written: shownCode(script.tree.textOf(call.function), 60) };
        ctx.report({ message, data, at: call.nameSpan, raises: "ValueError", related: [{ message: "built here", range: trainer.call.nameSpan }] });
      };
      if (isMissing(script, trainer, "train_dataset")) for (const call of callsOn(script, trainer, "train")) report("train", call);
      if (!isMissing(script, trainer, "eval_dataset")) continue;
      for (const call of callsOn(script, trainer, "evaluate")) if (isNothing(call.value("eval_dataset", 0))) report("evaluate", call);
    }
  },
});

function asksForData(script: Script, trainer: Trainer): boolean {
  const { ownClass, className } = trainer;
  if (isPlain(trainer)) return true;
  if (!ownClass || (className !== "transformers.Trainer" && className !== "transformers.Seq2SeqTrainer")) return false;
  const classes = script.lineage(ownClass);
  const onlyIt = classes.flatMap((each) => each.bases.map((base) => script.evaluate(base))).every((base) => base.kind === "class" || (base.kind === "reference" && base.name === className));
  return onlyIt && OWN_DATA.every((name) => !script.methodOf(ownClass, name));
}

function isMissing(script: Script, trainer: Trainer, name: "train_dataset" | "eval_dataset"): boolean {
  return always({ dataset: givenTo(trainer, name) }, (way) => isNothing(way.dataset)) && !isRewritten(script, trainer, name) && !isRewritten(script, trainer, name === "train_dataset" ? "get_train_dataloader" : "get_eval_dataloader");
}
