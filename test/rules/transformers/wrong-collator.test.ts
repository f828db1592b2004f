import rule from "../../../server/src/rules/transformers/wrong-collator.js";
import { ruleTest } from "../../support/ruleTest.js";

const NAMES = "AutoModelForSeq2SeqLM, AutoModelForSequenceClassification, AutoModelForTokenClassification, AutoTokenizer, DataCollatorForSeq2Seq, DataCollatorWithPadding, Trainer, TrainingArguments";
const script = (trainer: string, { model = "AutoModelForTokenClassification", call = "tokenizer(x, truncation=True)", names = NAMES, args = "seed=1" } = {}): string =>
  `from transformers import ${names}\ntokenizer = AutoTokenizer.from_pretrained("b")\nmodel = ${model}.from_pretrained("b")\ndef encode(x):\n    return ${call}\nargs = TrainingArguments("o", ${args})\ntrainer = Trainer(model=model, args=args, train_dataset=d.map(encode)${trainer})\ntrainer.train()\n`;
const P = ", data_collator=DataCollatorWithPadding(tokenizer)";
const MARKED = ", ⟦data_collator=DataCollatorWithPadding(tokenizer)⟧";
const one = (message: string) => [{ message, severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "the right one", code: script(", data_collator=DataCollatorForSeq2Seq(tokenizer)", { model: "AutoModelForSeq2SeqLM" }) },
    { name: "sequence classification", code: script(P, { model: "AutoModelForSequenceClassification" }) },
    { name: "padded to one length", code: script(P, { call: 'tokenizer(x, padding="max_length", max_length=64)' }) },
    { name: "padded by hand", code: script(P, { call: "pad_to(tokenizer(x), 64)" }) },
    { name: "padding from elsewhere", code: script(P, { call: "tokenizer(x, padding=cli.padding)" }) },
    { name: "tokenised elsewhere", code: script(P, { call: "prepare(x)" }) },
    { name: "one row per batch", code: script(P, { args: "per_device_train_batch_size=1" }) },
    { name: "a batch size from elsewhere", code: script(P, { args: "per_device_train_batch_size=cli.b" }) },
    { name: "own collator", code: script(", data_collator=collate") },
    { name: "never trained", code: script(P).replace("trainer.train()", "trainer.predict(t)") },
    { name: "own Trainer", code: script(P).replace("trainer = Trainer", "class T(Trainer):\n    def get_train_dataloader(self): ...\ntrainer = T") },
    { name: "one of two models", code: script(P).replace("def encode", 'if cli.c:\n    model = AutoModelForSequenceClassification.from_pretrained("b")\ndef encode') },
  ],
  invalid: [
    { name: "a padding token is no padding", code: script(MARKED).replace("model =", "tokenizer.pad_token = tokenizer.eos_token\nmodel ="), findings: one("DataCollatorWithPadding") },
    {
      name: "token classification",
      code: script(MARKED),
      findings: one("DataCollatorWithPadding doesn't pad the labels of token classification"),
      unsafe: script(", data_collator=DataCollatorForTokenClassification(tokenizer)", { names: `${NAMES}, DataCollatorForTokenClassification` }),
    },
    { name: "seq2seq", code: script(MARKED, { model: "AutoModelForSeq2SeqLM" }), findings: one("a sequence-to-sequence model"), unsafe: script(", data_collator=DataCollatorForSeq2Seq(tokenizer, model=model)", { model: "AutoModelForSeq2SeqLM" }) },
    { name: "none", code: script("").replace("= Trainer(", "= ⟦Trainer⟧("), findings: one("Without a data_collator") },
    {
      name: "none, with the tokenizer",
      code: script(", processing_class=tokenizer").replace("= Trainer(", "= ⟦Trainer⟧("),
      findings: one("Use DataCollatorForTokenClassification"),
      unsafe: script(", processing_class=tokenizer, data_collator=DataCollatorForTokenClassification(tokenizer)", { names: `${NAMES}, DataCollatorForTokenClassification` }),
    },
    { name: "no arguments: eight rows per batch", code: script(MARKED).replace("args=args, ", ""), findings: one("DataCollatorWithPadding") },
    { name: "a batch size of its own", code: script(MARKED, { args: "per_device_train_batch_size=16" }), findings: one("DataCollatorWithPadding") },
    { name: "the default collator", code: script(", ⟦data_collator=default_data_collator⟧", { names: `${NAMES}, default_data_collator` }), findings: one("default_data_collator doesn't pad") },
  ],
});
