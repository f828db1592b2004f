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
    { name: "a generator of lists", code: run(`def f(examples):\n    yield [t for t in examples["text"]]\n    return []\n`), versions: { trl: "1.13.0" } },
    { name: "a list on one way, nothing on the other", code: run(`def f(e):\n    if e["text"]:\n        return [t for t in e["text"]]\n`), versions: { trl: "1.13.0" } },
    { name: "a list or None", code: run(`def f(e):\n    if not e["text"]:\n        return\n    return [t for t in e["text"]]\n`), versions: { trl: "1.13.0" } },
    { name: "nothing returned", code: run(`def f(e):\n    print(e)\n`), versions: { trl: "0.12.2" } },
    { name: "a tuple", code: run(`def f(e):\n    return ("a", "b")\n`), versions: { trl: "1.13.0" } },
    { name: "a list inside another function", code: run(`def f(e):\n    def parts():\n        return [t for t in e["text"]]\n    return "\\n".join(parts())\n`), versions: { trl: "1.13.0" } },
    { name: "decorated", code: run(`@batched\ndef f(e):\n    return [t for t in e["text"]]\n`), versions: { trl: "1.13.0" } },
    { name: "one number", code: run("def f(e):\n    return 1\n"), versions: { trl: "0.12.2" } },
    { name: "a string, packing on the trainer", code: run(TEXT).replace("formatting_func=f", "formatting_func=f, packing=True"), versions: { trl: "0.12.2" } },
    { name: "a string, packing from outside", code: run(TEXT, ", packing=cli.packing"), versions: { trl: "0.12.2" } },
    { name: "a string before 0.4.5", code: run(TEXT), versions: { trl: "0.4.4" } },
  ],
  invalid: [
    { name: "from 0.21", code: run(LIST.replace("return texts", "return ⟦texts⟧")), versions: { trl: "0.22.0" }, findings: one("error", "returns one string") },
    { name: "0.19", code: run(LIST.replace("return texts", "return ⟦texts⟧")), versions: { trl: "0.19.1" }, findings: one("error", "from trl 0.17 on") },
    { name: "a comprehension, version unknown", code: run(`def f(e):\n    return ⟦[t for t in e["text"]]⟧\n`), findings: one("warning", "from trl 0.17 on") },
    { name: "a string up to 0.14", code: run(`def f(e):\n    return ⟦f"### {e['text']}"⟧\n`), versions: { trl: "0.12.2" }, findings: one("error", "returns a list of strings") },
    { name: "a lambda", code: `from trl import SFTTrainer\nSFTTrainer("gpt2", train_dataset=d, formatting_func=lambda e: ⟦[t for t in e["text"]]⟧)\n`, versions: { trl: "1.13.0" }, findings: one("error", "the lambda() returns a list") },
    { name: "a name with a text, no packing", code: run(`def f(e):\n    text = "### Question"\n    return ⟦text⟧\n`, ", packing=False"), versions: { trl: "0.12.2" }, findings: one("error", "f() returns a string") },
    { name: "two texts written together", code: run(`def f(e):\n    return ⟦"### " f"{e['text']}"⟧\n`), versions: { trl: "0.14.0" }, findings: one("error", "returns a string") },
  ],
});
