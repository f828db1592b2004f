import rule from "../../../server/src/rules/accelerate/conflicting-quantization.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from transformers import AutoModelForCausalLM, BitsAndBytesConfig\n";
const load = (written: string): string => `${HEAD}config = BitsAndBytesConfig(load_in_4bit=True)\nmodel = AutoModelForCausalLM.from_pretrained("gpt2", ${written})\n`;
const V4 = { versions: { transformers: "4.46.3" } };

ruleTest(rule, {
  valid: [
    { name: "four", code: `${HEAD}BitsAndBytesConfig(load_in_4bit=True)\n` },
    { name: "one is off", code: `${HEAD}BitsAndBytesConfig(load_in_8bit=False, load_in_4bit=True)\n` },
    { name: "from outside", code: `${HEAD}BitsAndBytesConfig(load_in_8bit=cli.eight, load_in_4bit=True)\n` },
    { name: "the other way round", code: `${HEAD}BitsAndBytesConfig(load_in_8bit=not cli.four, load_in_4bit=cli.four)\n` },
    { name: "a class of one's own", code: "import transformers\nclass BitsAndBytesConfig:\n    def __init__(self, **k): ...\nBitsAndBytesConfig(load_in_8bit=True, load_in_4bit=True)\n" },
    { name: "only a config", code: load("quantization_config=config"), ...V4 },
    { name: "the keyword is off", code: load("load_in_8bit=False, quantization_config=config"), ...V4 },
    { name: "the config is None", code: load("load_in_8bit=True, quantization_config=None"), ...V4 },
  ],
  invalid: [
    { name: "both", code: `${HEAD}BitsAndBytesConfig(load_in_8bit=True, ⟦load_in_4bit=True⟧)\n`, findings: [{ message: "both on", severity: "error" }], unsafe: `${HEAD}BitsAndBytesConfig(load_in_4bit=True)\n` },
    { name: "both, by a constant", code: `${HEAD}ON = True\nBitsAndBytesConfig(load_in_4bit=ON, ⟦load_in_8bit=ON⟧)\n`, findings: [{ message: "both on", severity: "error" }] },
    { name: "said twice", code: load("⟦load_in_4bit=True⟧, quantization_config=config"), ...V4, findings: [{ message: "Drop load_in_4bit", severity: "error" }], unsafe: load("quantization_config=config") },
    { name: "said twice, version unknown", code: load("⟦load_in_4bit=True⟧, quantization_config=config"), findings: [{ message: "ValueError from transformers 4.36 on, and TypeError from 5 on", severity: "warning" }], unsafe: load("quantization_config=config") },
  ],
});
