import type { Edit, Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import { callsOn, isPlain, trainersOf, type Trainer } from "./trainers.js";

/** Methods of a dataset that give a dataset. */
const DATASET_METHODS = /^(?:map|filter|shuffle|select|shard|sort|with_format|with_transform|remove_columns|rename_column|rename_columns|select_columns|cast|cast_column|take|skip)$/;

export default defineRule({
  id: "transformers/dataset-as-collator",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["Trainer"],
  messages: {
    collator: "The third argument of {class} is data_collator, and this is a dataset: raises TypeError at the first batch. Write train_dataset=.",
  },
  docs: {
    summary: "A dataset in third place of a Trainer's arguments, where the collator belongs.",
    why: `The order of a Trainer's arguments is model, args, *data_collator*, train_dataset, eval_dataset. \`Trainer(model, args, train, test)\` is accepted: it takes the training set for the collator
and the test set for the training set. \`train()\` then calls the dataset for the first batch: \`TypeError\`. Keywords say what is meant.`,
    examples: [
      {
        bad: `from datasets import load_dataset
from transformers import Trainer, TrainingArguments

rows = load_dataset("imdb", split="train")
trainer = Trainer(model, TrainingArguments("out"), rows)
`,
        good: `from datasets import load_dataset
from transformers import Trainer, TrainingArguments

rows = load_dataset("imdb", split="train")
trainer = Trainer(model, TrainingArguments("out"), train_dataset=rows)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer.py"],
    silent: "On values that aren't known to be datasets; on Trainer classes of the script.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      const third = trainer.call.positional[2];
      if (!isPlain(trainer) || !third || third.via !== "positional" || !isDataset(script, third.value)) continue;
      const severity = callsOn(script, trainer, "train").length > 0 ? "error" : "warning";
      ctx.report({ message: "collator", severity, data: { class: trainer.call.method }, at: script.tree.span(third.entry), raises: "TypeError", fixes: fixesOf(script, trainer) });
    }
  },
});

function isDataset(script: Script, value: Value, depth = 0): boolean {
  if (depth > 12) return false;
  if (value.kind === "oneOf") return value.alternatives.every((each) => isDataset(script, each.value, depth + 1));
  if (value.kind === "item") return isDataset(script, value.object, depth + 1);
  if (value.kind === "instance") {
    const { localClass } = value.object;
    if (!localClass || script.methodOf(localClass, "__call__")) return false;
    return script.libraryBases(localClass).some((base) => /^torch\.utils\.data\.(?:\w+\.)?(?:Iterable)?Dataset$/.test(base));
  }
  if (value.kind !== "call") return false;
  const { call } = value;
  if (call.name === "datasets.load_dataset" || call.name === "datasets.load_from_disk" || call.name?.startsWith("datasets.Dataset.from_") === true) return true;
  return DATASET_METHODS.test(call.method) && call.receiver !== undefined && isDataset(script, call.receiver, depth + 1);
}

/** Names the third argument, and a fourth that is a dataset too: it was meant for the evaluation. */
function fixesOf(script: Script, { call }: Trainer): Fix[] {
  const [third, fourth, more] = call.positional.slice(2);
  if (!third || more || call.keywords.has("train_dataset") || (fourth && (call.keywords.has("eval_dataset") || !isDataset(script, fourth.value)))) return [];
  const named = (start: number, name: string): Edit => ({ start, end: start, newText: `${name}=` });
  const edits = [named(script.tree.start(third.node), "train_dataset"), ...(fourth ? [named(script.tree.start(fourth.node), "eval_dataset")] : [])];
  return [{ title: fourth ? "Name them `train_dataset` and `eval_dataset`" : "Name it `train_dataset`", safety: "safe", edits }];
}
