import rule from "../../../server/src/rules/transformers/missing-collator.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = ({ given = "", model = "AutoModelForSequenceClassification", mapper = 'lambda r: tokenizer(r["text"], truncation=True)', args = "seed=1", train = "trainer.train()\n", before = "" } = {}): string =>
  `from datasets import load_dataset\nfrom transformers import ${model}, AutoTokenizer, Trainer, TrainingArguments\ntokenizer = AutoTokenizer.from_pretrained("b")\nmodel = ${model}.from_pretrained("b")\n${before}rows = load_dataset("imdb", split="train").map(${mapper})\nargs = TrainingArguments("o", ${args})\ntrainer = Trainer(model=model, args=args, train_dataset=rows${given})\n${train}`;
const MARKED = (code: string): string => code.replace("= Trainer(", "= ⟦Trainer⟧(");
const one = (message: string) => [{ message, severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "the tokenizer", code: script({ given: ", processing_class=tokenizer" }) },
    { name: "the tokenizer by its old name", code: script({ given: ", tokenizer=tokenizer" }) },
    { name: "a collator", code: script({ given: ", data_collator=collate" }) },
    { name: "padded to one length", code: script({ mapper: 'lambda r: tokenizer(r["text"], padding="max_length")' }) },
    { name: "padded by hand", code: script({ mapper: 'lambda r: pad(tokenizer(r["text"]))' }) },
    { name: "options from outside", code: script({ mapper: 'lambda r: tokenizer(r["text"], **options)' }) },
    { name: "tokenised elsewhere", code: script({ mapper: "encode" }) },
    { name: "one row per batch", code: script({ args: "per_device_train_batch_size=1" }) },
    { name: "a batch size from outside", code: script({ args: "per_device_train_batch_size=cli.b" }) },
    { name: "own Trainer", code: script({ before: "class T(Trainer):\n    pass\n" }).replace("trainer = Trainer", "trainer = T") },
    { name: "never trained", code: script({ train: "trainer.predict(rows)\n" }) },
    { name: "another task", code: script({ model: "AutoModelForTokenClassification" }) },
    { name: "set later", code: script({ train: "trainer.data_collator = collate\ntrainer.train()\n" }) },
    { name: "an unknown splat", code: script({ given: ", **more" }) },
  ],
  invalid: [
    { name: "neither", code: MARKED(script()), findings: one("Pass processing_class=tokenizer"), fixed: script({ given: ", processing_class=tokenizer" }) },
    { name: "on an old version", code: MARKED(script()), versions: { transformers: "4.40" }, findings: one("Pass tokenizer=tokenizer"), fixed: script({ given: ", tokenizer=tokenizer" }) },
    { name: "a function", code: MARKED(script({ before: "def f(r):\n    return tokenizer(r['text'])\n", mapper: "f, batched=True" })), findings: one("Nothing pads these rows"), fixed: script({ before: "def f(r):\n    return tokenizer(r['text'])\n", mapper: "f, batched=True", given: ", processing_class=tokenizer" }) },
  ],
});
