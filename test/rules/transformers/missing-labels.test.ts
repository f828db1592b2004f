import rule from "../../../server/src/rules/transformers/missing-labels.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = ({ given = "", model = "AutoModelForCausalLM", mapper = 'lambda r: tokenizer(r["text"], truncation=True)', rows = "", names = "", train = "trainer.train()\n", before = "" } = {}): string =>
  `from datasets import load_dataset\nfrom transformers import ${model}, AutoTokenizer, Trainer${names}\ntokenizer = AutoTokenizer.from_pretrained("gpt2")\nmodel = ${model}.from_pretrained("gpt2")\n${before}rows = load_dataset("me/texts", split="train").map(${mapper})${rows}\ntrainer = Trainer(model=model, train_dataset=rows${given})\n${train}`;
const MARKED = (code: string): string => code.replace("= Trainer(", "= ⟦Trainer⟧(");
const one = [{ message: "train() raises ValueError at the first step", severity: "error" }] as const;
const LM = ", DataCollatorForLanguageModeling";

ruleTest(rule, {
  valid: [
    { name: "the collator", code: script({ given: ", data_collator=DataCollatorForLanguageModeling(tokenizer, mlm=False)", names: LM }) },
    { name: "a collator of one's own", code: script({ given: ", data_collator=collate" }) },
    { name: "labels in the rows", code: script({ before: "def f(r):\n    e = tokenizer(r['text'])\n    e['labels'] = e['input_ids']\n    return e\n", mapper: "f" }) },
    { name: "a second map", code: script({ rows: ".map(group)" }) },
    { name: "tokenised elsewhere", code: script({ mapper: "encode" }) },
    { name: "another model", code: script({ model: "AutoModelForSequenceClassification" }) },
    { name: "never trained", code: script({ train: "trainer.predict(rows)\n" }) },
    { name: "own Trainer", code: script({ before: "class T(Trainer):\n    def compute_loss(self, *a, **k): ...\n" }).replace("trainer = Trainer", "trainer = T") },
    { name: "own loss", code: script({ given: ", compute_loss_func=loss" }) },
    { name: "rows from elsewhere", code: script().replace('load_dataset("me/texts", split="train")', "mine") },
  ],
  invalid: [
    { name: "no collator", code: MARKED(script()), findings: one },
    { name: "the tokenizer alone", code: MARKED(script({ given: ", processing_class=tokenizer" })), findings: one, unsafe: script({ given: ", processing_class=tokenizer, data_collator=DataCollatorForLanguageModeling(tokenizer, mlm=False)", names: LM }) },
    { name: "padding", code: script({ given: ", ⟦data_collator=DataCollatorWithPadding(tokenizer)⟧", names: ", DataCollatorWithPadding" }), findings: one, unsafe: script({ given: ", data_collator=DataCollatorForLanguageModeling(tokenizer, mlm=False)", names: `, DataCollatorWithPadding${LM}` }) },
    { name: "a function, and fewer rows", code: MARKED(script({ before: "def f(r):\n    return tokenizer(r['text'])\n", mapper: "f, batched=True", rows: ".select(range(10))" })), findings: one },
  ],
});
