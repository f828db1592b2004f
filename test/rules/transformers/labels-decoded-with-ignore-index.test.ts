import rule from "../../../server/src/rules/transformers/labels-decoded-with-ignore-index.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (body: string, { collator = "", before = "", head = "import numpy as np\n" } = {}): string =>
  `${head}from transformers import AutoTokenizer, DataCollatorForSeq2Seq, Seq2SeqTrainer\ntokenizer = AutoTokenizer.from_pretrained("t5-small")\n${before}def compute_metrics(p):\n    ${body.replaceAll("\n", "\n    ")}\n    return {"n": len(texts)}\ntrainer = Seq2SeqTrainer(model=m, compute_metrics=compute_metrics${collator})\n`;
const UNPACKED = "predictions, labels = p\ntexts = tokenizer.batch_decode(labels, skip_special_tokens=True)";
const MARKED = UNPACKED.replace("(labels,", "(⟦labels⟧,");
const FIXED = UNPACKED.replace("(labels,", "(np.where(labels != -100, labels, tokenizer.pad_token_id),");
const one = (message: string) => [{ message, severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "replaced before", code: script(`labels = np.where(p.label_ids != -100, p.label_ids, 0)\ntexts = tokenizer.batch_decode(labels)`) },
    { name: "written over", code: script("labels = p.label_ids\nlabels[labels == -100] = 0\ntexts = tokenizer.batch_decode(labels)") },
    { name: "by a function", code: script("predictions, labels = p\nlabels = clean(labels)\ntexts = tokenizer.batch_decode(labels)") },
    { name: "the predictions", code: script("predictions, labels = p\ntexts = tokenizer.batch_decode(predictions)") },
    { name: "another index", code: script(UNPACKED, { collator: ", data_collator=DataCollatorForSeq2Seq(tokenizer, label_pad_token_id=0)" }) },
    { name: "not the metrics' function", code: script("texts = []", { before: "def show(p):\n    a, labels = p\n    tokenizer.batch_decode(labels)\n" }) },
    { name: "something else's decode", code: script(UNPACKED.replace("tokenizer.", "codec.")) },
    { name: "an own collator that pads", code: script(UNPACKED, { before: "def collate(rows):\n    return pad(rows)\n" }) },
    { name: "without a Trainer", code: script(UNPACKED).replace("compute_metrics=compute_metrics", "compute_metrics=None") },
  ],
  invalid: [
    { name: "unpacked", code: script(MARKED), findings: one("Labels usually hold -100"), fixed: script(FIXED) },
    { name: "padded by the collator", code: script(MARKED, { collator: ", data_collator=DataCollatorForSeq2Seq(tokenizer)" }), findings: one("DataCollatorForSeq2Seq pads hold -100"), fixed: script(FIXED, { collator: ", data_collator=DataCollatorForSeq2Seq(tokenizer)" }) },
    { name: "by name", code: script("texts = tokenizer.batch_decode(⟦p.label_ids⟧)"), findings: one("OverflowError"), fixed: script("texts = tokenizer.batch_decode(np.where(p.label_ids != -100, p.label_ids, tokenizer.pad_token_id))") },
    { name: "without numpy", code: script(MARKED, { head: "" }), findings: one("Replace -100") },
  ],
});
