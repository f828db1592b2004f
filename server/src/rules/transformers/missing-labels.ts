import { addArgument, mergedEdits, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { importedName } from "../../analysis/importEdits.js";
import { defineRule } from "../../analysis/rule.js";
import { isEncoding } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { isCausal, modelOf } from "./models.js";
import { callsOn, givenTo, isPlain, placeGiven, trainersOf, type Trainer } from "./trainers.js";

export default defineRule({
  id: "transformers/missing-labels",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["CausalLM", "GPT2LMHeadModel"],
  messages: {
    missing: "Nothing makes labels for this causal model: it gives no loss, and train() raises ValueError at the first step. Use DataCollatorForLanguageModeling(tokenizer, mlm=False).",
  },
  docs: {
    summary: "A causal model trained on texts that were only tokenised, with a collator that makes no labels.",
    why: `A model computes its loss from \`labels\`. Tokenising a text makes \`input_ids\` and \`attention_mask\` and no labels, and neither the default collator nor \`DataCollatorWithPadding\` adds them:
\`ValueError: The model did not return a loss from the inputs\`, at the first training step. \`DataCollatorForLanguageModeling(tokenizer, mlm=False)\` copies the input to the labels; the model shifts
them by itself.`,
    examples: [
      {
        bad: `from datasets import load_dataset
from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer, TrainingArguments

tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.pad_token = tokenizer.eos_token
model = AutoModelForCausalLM.from_pretrained("gpt2")
rows = load_dataset("me/texts", split="train").map(lambda row: tokenizer(row["text"], truncation=True))
trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=rows)
trainer.train()
`,
        good: `from datasets import load_dataset
from transformers import AutoModelForCausalLM, AutoTokenizer, DataCollatorForLanguageModeling, Trainer, TrainingArguments

tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.pad_token = tokenizer.eos_token
model = AutoModelForCausalLM.from_pretrained("gpt2")
rows = load_dataset("me/texts", split="train").map(lambda row: tokenizer(row["text"], truncation=True))
trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=rows, data_collator=DataCollatorForLanguageModeling(tokenizer, mlm=False))
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer.py", "https://huggingface.co/docs/transformers/tasks/language_modeling"],
    silent: "Where the script speaks of labels anywhere; where the rows weren't certainly made by a tokenizer of the script; with collators and Trainers of one's own.",
  },
  check(ctx) {
    const { script } = ctx;
    if (/label/i.test(script.text)) return;
    for (const trainer of trainersOf(script)) {
      const model = modelOf(givenTo(trainer, "model"));
      const collator = givenTo(trainer, "data_collator");
      if (!isPlain(trainer) || !model || !isCausal(model) || callsOn(script, trainer, "train").length === 0 || !isNothing(givenTo(trainer, "compute_loss_func"))) continue;
      if ((!isNothing(collator) && !isPlainCollator(collator)) || !isOnlyTokenised(script, givenTo(trainer, "train_dataset"))) continue;
      ctx.report({ message: "missing", at: placeGiven(script, trainer, "data_collator"), raises: "ValueError", fixes: fixesOf(script, trainer, collator) });
    }
  },
});

function isPlainCollator(value: Value): boolean {
  const name = value.kind === "instance" ? value.object.className : value.kind === "reference" ? value.name : undefined;
  return /^transformers\.(?:DataCollatorWithPadding|DefaultDataCollator|default_data_collator)$/.test(name ?? "");
}

/** Whether the rows are what a tokenizer of the script returned, and nothing else was done to their columns. */
function isOnlyTokenised(script: Script, rows: Value, depth = 0): boolean {
  if (depth > 8) return false;
  if (rows.kind === "item") return isOnlyTokenised(script, rows.object, depth + 1);
  if (rows.kind !== "call") return false;
  const { call } = rows;
  if (call.method !== "map") return /^(?:shuffle|select|remove_columns|train_test_split|filter|with_format)$/.test(call.method) && call.receiver !== undefined && isOnlyTokenised(script, call.receiver, depth + 1);
  const mapper = call.value("function", 0);
  const isLoaded = call.receiver !== undefined && isFromText(call.receiver);
  return mapper.kind === "function" && isLoaded && isEncoding(script.returnValue(mapper.function));
}

/** Loaded by the script and not changed since, apart from which rows there are. */
function isFromText(value: Value, depth = 0): boolean {
  if (depth > 8) return false;
  if (value.kind === "item") return isFromText(value.object, depth + 1);
  if (value.kind !== "call") return false;
  const { call } = value;
  if (call.name === "datasets.load_dataset" || call.name?.startsWith("datasets.Dataset.from_") === true) return true;
  return /^(?:shuffle|select|train_test_split|filter)$/.test(call.method) && call.receiver !== undefined && isFromText(call.receiver, depth + 1);
}

function fixesOf(script: Script, trainer: Trainer, collator: Value): Fix[] {
  const { tree } = script;
  const imported = importedName(script, "transformers", "DataCollatorForLanguageModeling");
  const made = collator.kind === "instance" ? collator.object.call : undefined;
  const tokenizer = (made?.argument("tokenizer", 0) ?? trainer.call.argument("processing_class") ?? trainer.call.argument("tokenizer"))?.node;
  if (!imported || tokenizer === undefined) return [];
  const written = `${imported.text}(${tree.textOf(tokenizer)}, mlm=False)`;
  const place = made ? replaceNode(tree, made.node, written) : isNothing(collator) ? addArgument(script, trainer.call, "data_collator", written) : undefined;
  return place ? [{ title: "Use `DataCollatorForLanguageModeling` (labels are a copy of the input)", safety: "unsafe", edits: mergedEdits([...imported.edits, place]) }] : [];
}
