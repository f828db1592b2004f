import { addArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { TOKENIZER } from "../../knowledge/classes.js";
import { isEncoding, type Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf, type Value } from "../../script/values.js";
import { Field } from "../../syntax/kind.js";
import { isNothing } from "../nothing.js";
import { modelOf } from "./models.js";
import { argumentsOf, callsOn, givenTo, isPlain, isRewritten, trainersOf, type Trainer } from "./trainers.js";

/** Anything about padding in the text besides the name of the padding token: rows may be of one length already. */
const PADS = /\bpad\b|padding\s*=|["']padding["']|pad_sequence|pad_to(?!ken)|[Ff]ixed|enable_padding/;

export default defineRule({
  id: "transformers/missing-collator",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["ForSequenceClassification"],
  messages: {
    ragged: "Nothing pads these rows: train() raises ValueError at the first batch of rows of different lengths. Pass {argument}=tokenizer to {class}, which then pads each batch.",
  },
  docs: {
    summary: "Texts tokenised without padding, and a Trainer that has neither a collator nor the tokenizer.",
    why: `Rows of different lengths have to be padded before they make a tensor. The Trainer pads each batch if it has the tokenizer (\`processing_class=\`, before transformers 4.46 \`tokenizer=\`) or a
\`DataCollatorWithPadding\`. With neither it takes the default collator, which pads nothing: \`ValueError\` at the first batch whose rows differ.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, Trainer, TrainingArguments

tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased", num_labels=2)
rows = load_dataset("imdb", split="train").map(lambda row: tokenizer(row["text"], truncation=True), batched=True)
trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=rows)
trainer.train()
`,
        good: `from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, Trainer, TrainingArguments

tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased", num_labels=2)
rows = load_dataset("imdb", split="train").map(lambda row: tokenizer(row["text"], truncation=True), batched=True)
trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=rows, processing_class=tokenizer)
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer.py", "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/data/data_collator.py"],
    silent: "Where the script pads anywhere, or the tokenisation can't be seen; with one row per batch; on Trainer classes of the script.",
  },
  check(ctx) {
    const { script } = ctx;
    if (PADS.test(script.text)) return;
    for (const trainer of trainersOf(script)) {
      const model = modelOf(givenTo(trainer, "model"));
      if (!isPlain(trainer) || !/^transformers\.\w+ForSequenceClassification$/.test(model?.className ?? "") || callsOn(script, trainer, "train").length === 0) continue;
      if (!["data_collator", "processing_class", "tokenizer"].every((name) => isNothing(givenTo(trainer, name)) && !isRewritten(script, trainer, name)) || isOneByOne(trainer)) continue;
      const tokenizing = tokenizingOf(script, givenTo(trainer, "train_dataset"));
      if (!tokenizing) continue;
      const isOld = ctx.versionsAt(trainer.call.span.start).holds({ transformers: "<4.46" }) === "always";
      const argument = isOld ? "tokenizer" : "processing_class";
      ctx.report({
        message: "ragged",
        data: { argument, class: trainer.call.method },
        at: trainer.call.nameSpan,
        raises: "ValueError",
        related: [{ message: "tokenised here, without padding", range: tokenizing.span }],
        fixes: fixesOf(script, trainer, tokenizing, argument),
      });
    }
  },
});

function isOneByOne(trainer: Trainer): boolean {
  const args = argumentsOf(trainer);
  if (args === "none") return false;
  const size = args?.call?.value("per_device_train_batch_size");
  return size === undefined || (size.kind !== "absent" && (numberOf(size) ?? 1) <= 1);
}

/** The tokenizer call whose result the rows are, if a `map` over them returns just that. */
function tokenizingOf(script: Script, rows: Value, depth = 0): Call | undefined {
  if (depth > 8) return undefined;
  if (rows.kind === "item") return tokenizingOf(script, rows.object, depth + 1);
  if (rows.kind !== "call") return undefined;
  const { call } = rows;
  if (call.method !== "map") {
    const keeps = /^(?:shuffle|select|remove_columns|rename_column|train_test_split|filter|with_format)$/.test(call.method);
    return keeps && call.receiver ? tokenizingOf(script, call.receiver, depth + 1) : undefined;
  }
  const mapper = call.value("function", 0);
  const encoded = mapper.kind === "function" ? script.returnValue(mapper.function) : undefined;
  if (!encoded || !isEncoding(encoded) || encoded.kind !== "instance") return undefined;
  const tokenizing = encoded.object.call;
  const isKnown = tokenizing?.callee.kind === "instance" && TOKENIZER.test(tokenizing.callee.object.className ?? "");
  return tokenizing && isKnown && !tokenizing.isOpen ? tokenizing : undefined;
}

function fixesOf(script: Script, trainer: Trainer, tokenizing: Call, argument: string): Fix[] {
  const name = script.tree.textOf(script.tree.child(tokenizing.node, Field.function));
  const edit = /^\w+$/.test(name) ? addArgument(script, trainer.call, argument, name) : undefined;
  return edit ? [{ title: "Give the Trainer the tokenizer, so that it pads each batch", safety: "safe", edits: [edit] }] : [];
}
