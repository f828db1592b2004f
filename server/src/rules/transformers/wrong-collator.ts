import { importedName } from "../../analysis/importEdits.js";
import { addArgument, mergedEdits, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { TOKENIZER } from "../../knowledge/classes.js";
import type { Script } from "../../script/script.js";
import { numberOf, type Value } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { isSeq2Seq, isTokenClassifier, modelOf } from "./models.js";
import { argumentsOf, callsOn, givenTo, isPlain, placeGiven, trainersOf, type Trainer } from "./trainers.js";

/** Anything about padding in the text besides the names of collators and of the padding token: rows may be of one length already. */
const PADS = /\bpad\b|padding\s*=|["']padding["']|pad_sequence|pad_to(?!ken)|[Ff]ixed|group_texts|max_length["']/;

export default defineRule({
  id: "transformers/wrong-collator",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["ForTokenClassification", "Seq2SeqLM", "ForConditionalGeneration", "MarianMTModel"],
  messages: {
    padding: "{collator} doesn't pad the labels of {task}: raises ValueError at the first batch of rows of different lengths. Use {right}.",
    none: "Without a data_collator the labels of {task} aren't padded: raises ValueError at the first batch of rows of different lengths. Use {right}.",
  },
  docs: {
    summary: "Token classification or sequence-to-sequence training with a collator that doesn't pad labels.",
    why: `In token classification and in sequence-to-sequence training every row has a list of labels, as long as its text. \`DataCollatorWithPadding\`, which the
Trainer also takes by default when it gets a tokenizer, pads the inputs and leaves the labels as they are; the default collator pads nothing. The first batch
whose rows differ in length can't be made a tensor: \`ValueError\`. \`DataCollatorForTokenClassification\` and \`DataCollatorForSeq2Seq\` pad labels with -100.`,
    examples: [
      {
        bad: `from transformers import AutoModelForTokenClassification, AutoTokenizer, DataCollatorWithPadding, Trainer

tokenizer = AutoTokenizer.from_pretrained("bert-base-cased")
model = AutoModelForTokenClassification.from_pretrained("bert-base-cased", num_labels=9)


def encode(row):
    encoded = tokenizer(row["tokens"], is_split_into_words=True, truncation=True)
    encoded["labels"] = [row["ner_tags"][word] if word is not None else -100 for word in encoded.word_ids()]
    return encoded


trainer = Trainer(model=model, train_dataset=train.map(encode), data_collator=DataCollatorWithPadding(tokenizer))
trainer.train()
`,
        good: `from transformers import AutoModelForTokenClassification, AutoTokenizer, DataCollatorForTokenClassification, Trainer

tokenizer = AutoTokenizer.from_pretrained("bert-base-cased")
model = AutoModelForTokenClassification.from_pretrained("bert-base-cased", num_labels=9)


def encode(row):
    encoded = tokenizer(row["tokens"], is_split_into_words=True, truncation=True)
    encoded["labels"] = [row["ner_tags"][word] if word is not None else -100 for word in encoded.word_ids()]
    return encoded


trainer = Trainer(model=model, train_dataset=train.map(encode), data_collator=DataCollatorForTokenClassification(tokenizer))
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/data/data_collator.py"],
    silent: "Where the script pads anywhere, or doesn't show how it tokenises; with one row per batch; where the model's kind isn't known.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      if (!isPlain(trainer) || PADS.test(script.text) || callsOn(script, trainer, "train").length === 0) continue;
      const model = modelOf(givenTo(trainer, "model"));
      const task = model && isTokenClassifier(model) ? TASKS.tokens : model && isSeq2Seq(model) ? TASKS.seq2seq : undefined;
      const collator = givenTo(trainer, "data_collator");
      if (!task || !tokenises(script) || isOneByOne(trainer)) continue;
      const name = isNothing(collator) ? undefined : plainCollator(collator);
      if (!isNothing(collator) && name === undefined) continue;
      ctx.report({
        message: name === undefined ? "none" : "padding",
        data: { collator: name ?? "", task: task.name, right: task.collator },
        at: placeGiven(script, trainer, "data_collator"),
        raises: "ValueError",
        fixes: fixesOf(script, trainer, task.collator, collator),
      });
    }
  },
});

const TASKS = {
  tokens: { name: "token classification", collator: "DataCollatorForTokenClassification" },
  seq2seq: { name: "a sequence-to-sequence model", collator: "DataCollatorForSeq2Seq" },
} as const;

function plainCollator(value: Value): string | undefined {
  const name = value.kind === "instance" ? value.object.className : value.kind === "reference" ? value.name : undefined;
  const found = /^transformers\.(DataCollatorWithPadding|DefaultDataCollator|default_data_collator)$/.exec(name ?? "");
  return found?.[1];
}

/** Whether the script itself turns text into rows, so that what it says of padding is all there is. */
function tokenises(script: Script): boolean {
  return script.callsMatching(/./, /./).some(({ receiver, callee }) => isTokenizer(callee) || (receiver !== undefined && isTokenizer(receiver)));
}

function isTokenizer(value: Value): boolean {
  return value.kind === "instance" && TOKENIZER.test(value.object.className ?? "") && value.object.className !== "transformers.AutoProcessor";
}

function isOneByOne(trainer: Trainer): boolean {
  const args = argumentsOf(trainer);
  if (args === "none") return false;
  const size = args?.call?.value("per_device_train_batch_size");
  return size === undefined || (size.kind !== "absent" && (numberOf(size) ?? 1) <= 1);
}

function fixesOf(script: Script, trainer: Trainer, right: string, collator: Value): Fix[] {
  const { tree } = script;
  const made = collator.kind === "instance" ? collator.object.call : undefined;
  const tokenizer = (made?.argument("tokenizer", 0) ?? trainer.call.argument("processing_class") ?? trainer.call.argument("tokenizer"))?.node;
  const imported = importedName(script, "transformers", right);
  if (tokenizer === undefined || !imported) return [];
  const model = trainer.call.argument("model", 0);
  const isName = model !== undefined && /^\w+$/.test(tree.textOf(model.node));
  const written = `${imported.text}(${tree.textOf(tokenizer)}${right === "DataCollatorForSeq2Seq" && isName ? `, model=${tree.textOf(model.node)}` : ""})`;
  const place = made ? replaceNode(tree, made.node, written) : isNothing(collator) ? addArgument(script, trainer.call, "data_collator", written) : undefined;
  return place ? [{ title: `Use \`${right}\` (pads the labels with -100)`, safety: "unsafe", edits: mergedEdits([...imported.edits, place]) }] : [];
}
