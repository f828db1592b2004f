import rule from "../../../server/src/rules/transformers/group-by-length-on-iterable.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, load = ", streaming=True"): string => `from datasets import load_dataset\nfrom transformers import Trainer, TrainingArguments\nrows = load_dataset("me/texts", split="train"${load})\nargs = TrainingArguments("o", max_steps=10${args})\ntrainer = Trainer(model=m, args=args, train_dataset=rows)\n`;
const OLD = { transformers: "4.57" };
const NEW = { transformers: "5.18" };

ruleTest(rule, {
  valid: [
    { name: "not streamed", code: script(", group_by_length=True", ""), versions: OLD },
    { name: "not grouped", code: script(""), versions: OLD },
    { name: "off", code: script(", group_by_length=False"), versions: OLD },
    { name: "from outside", code: script(", group_by_length=cli.group"), versions: OLD },
    { name: "streamed from outside", code: script(", group_by_length=True", ", streaming=cli.streaming"), versions: OLD },
    { name: "no argument any more", code: script(", group_by_length=True"), versions: NEW },
    { name: "no argument from 5.2 on", code: script(", group_by_length=True"), versions: { transformers: "5.2.0" } },
    { name: "another sampling", code: script(', train_sampling_strategy="random"'), versions: NEW },
  ],
  invalid: [
    { name: "4", code: script(", ⟦group_by_length=True⟧"), versions: OLD, findings: [{ message: "raises ValueError when Trainer is built", severity: "error" }], unsafe: script("") },
    { name: "5.1, which has the argument still", code: script(", ⟦group_by_length=True⟧"), versions: { transformers: "5.1.0" }, findings: [{ message: "raises ValueError", severity: "error" }], unsafe: script("") },
    { name: "5", code: script(', ⟦train_sampling_strategy="group_by_length"⟧'), versions: NEW, findings: [{ message: "it is ignored", severity: "warning" }], unsafe: script("") },
  ],
});
