import rule from "../../../server/src/rules/trl/dict-as-peft-config.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (config: string, head = "from peft import LoraConfig\n"): string => `${head}from trl import SFTTrainer\ntrainer = SFTTrainer("gpt2", train_dataset=d, ${config})\n`;

ruleTest(rule, {
  valid: [
    { name: "a config", code: script("peft_config=LoraConfig(r=8)") },
    { name: "a config of an unpacked dict", code: script('peft_config=LoraConfig(**{"r": 8})') },
    { name: "None", code: script("peft_config=None") },
    { name: "from outside", code: script("peft_config=cli.peft") },
    { name: "a function of the library", code: script("peft_config=get_peft_config(m)").replace("import SFTTrainer", "import SFTTrainer, get_peft_config") },
    { name: "a dict for another argument", code: script('args={"r": 8}') },
    { name: "unsloth", code: `import unsloth\n${script('peft_config={"r": 8}')}` },
  ],
  invalid: [
    { name: "a dict", code: script('⟦peft_config={"r": 8}⟧'), findings: [{ message: "is a dict", severity: "error" }], fixed: script('peft_config=LoraConfig(**{"r": 8})') },
    { name: "a name", code: script("⟦peft_config=lora⟧").replace("trainer =", "lora = dict(r=8)\ntrainer ="), findings: [{ message: "SFTTrainer", severity: "error" }], fixed: script("peft_config=LoraConfig(**lora)").replace("trainer =", "lora = dict(r=8)\ntrainer =") },
    { name: "peft isn't imported", code: script('⟦peft_config={"r": 8}⟧', ""), findings: [{ message: "is a dict", severity: "error" }] },
  ],
});
