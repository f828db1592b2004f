import rule from "../../../server/src/rules/trl/formatting-func-returns-list.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const run = (func: string, args = ""): string => `from trl import SFTConfig, SFTTrainer\n${func}\nSFTTrainer("gpt2", args=SFTConfig("o"${args}), train_dataset=d, formatting_func=f)\n`;
const LIST = `def f(examples):\n    texts = []\n    for t in examples["text"]:\n        texts.append(t)\n    return texts\n`;
const TEXT = `def f(example):\n    return f"### {example['text']}"\n`;

ruleTest(rule, {
  valid: [
    { name: "a string today", code: run(TEXT), versions: { trl: "1.13.0" } },
    { name: "a string, version unknown", code: run(TEXT) },
    { name: "a list up to 0.16", code: run(LIST), versions: { trl: "0.15.2" } },
    { name: "a string in 0.15 and 0.16", code: run(TEXT), versions: { trl: "0.15.2" } },
    { name: "a string with packing", code: run(TEXT, ", packing=True"), versions: { trl: "0.12.2" } },
    { name: "either", code: run(`def f(e):\n    if isinstance(e["text"], list):\n        return [x for x in e["text"]]\n    return "a"\n`) },
    { name: "from elsewhere", code: run("from mine import f") },
    { name: "what it returns isn't known", code: run("def f(e):\n    return make(e)\n"), versions: { trl: "1.13.0" } },
    { name: "not for the trainer", code: `from trl import SFTTrainer\n${LIST}d.map(f)\n`, versions: { trl: "1.13.0" } },
  ],
  invalid: [
    { name: "from 0.21", code: run(LIST.replace("return texts", "return ⟦texts⟧")), versions: { trl: "0.22.0" }, findings: one("error", "returns one string") },
    { name: "0.19", code: run(LIST.replace("return texts", "return ⟦texts⟧")), versions: { trl: "0.19.1" }, findings: one("error", "from trl 0.17 on") },
    { name: "a comprehension, version unknown", code: run(`def f(e):\n    return ⟦[t for t in e["text"]]⟧\n`), findings: one("warning", "from trl 0.17 on") },
    { name: "a string up to 0.14", code: run(`def f(e):\n    return ⟦f"### {e['text']}"⟧\n`), versions: { trl: "0.12.2" }, findings: one("error", "returns a list of strings") },
  ],
});
