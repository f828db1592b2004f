import rule from "../../../server/src/rules/trl/short-rows-dropped.js";
import { ruleTest } from "../../support/ruleTest.js";

const OLD = { versions: { trl: "0.4.4" } };
const sft = (written: string, name = "SFTTrainer"): string => `from trl import SFTTrainer\n${name}(m, train_dataset=load("x"), dataset_text_field="text"${written})\n`;

ruleTest(rule, {
  valid: [
    { name: "packed", code: sft(", packing=True"), ...OLD },
    { name: "packing from outside", code: sft(", packing=cli.packing"), ...OLD },
    { name: "packing on one way", code: sft(", packing=True if a else False"), ...OLD },
    { name: "an open splat", code: sft(", **options"), ...OLD },
    { name: "0.4.7", code: sft(""), versions: { trl: "0.4.7" } },
    { name: "version unknown", code: sft("") },
    { name: "no text field, which raises", code: "from trl import SFTTrainer\nSFTTrainer(m, train_dataset=load('x'))\n", ...OLD },
    { name: "a dataset of one's own class", code: "from trl import SFTTrainer\nclass Mine:\n    pass\nSFTTrainer(m, train_dataset=Mine(), formatting_func=f)\n", ...OLD },
    { name: "no text field after all, which raises", code: sft("").replace('"text"', "None"), ...OLD },
    { name: "no rows", code: "from trl import SFTTrainer\nSFTTrainer(m, dataset_text_field='text')\n", ...OLD },
    { name: "packed by a value of no kind", code: sft(', packing="yes"'), ...OLD },
    { name: "an open splat beside the arguments", code: sft(', args=TrainingArguments("o"), **options').replace("from trl", "from transformers import TrainingArguments\nfrom trl"), ...OLD },
  ],
  invalid: [
    { name: "not packed", code: sft("", "⟦SFTTrainer⟧"), ...OLD, findings: [{ message: "silently drops the others (in trl 0.4.2 to 0.4.6)", severity: "warning" }] },
    { name: "packing=False in a dict", code: `from trl import SFTTrainer\noptions = {"packing": False}\n⟦SFTTrainer⟧(m, train_dataset=load("x"), formatting_func=f, **options)\n`, ...OLD, findings: [{ message: "max_seq_length", severity: "warning" }] },
  ],
});
