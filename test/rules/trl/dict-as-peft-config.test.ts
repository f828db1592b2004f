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
    { name: "made of a dict above", code: script("peft_config=LoraConfig(**lora)").replace("trainer =", "lora = {\"r\": 8}\ntrainer =") },
    { name: "a name that becomes a config", code: script("peft_config=lora").replace("trainer =", "lora = {\"r\": 8}\nlora = LoraConfig(**lora)\ntrainer =") },
    { name: "on one of two ways", code: script("peft_config=lora").replace("trainer =", "lora = {\"r\": 8}\nif cli.plain:\n    lora = None\ntrainer =") },
    { name: "expected to raise, as some versions do", code: `import pytest\nfrom trl import SFTTrainer\nwith pytest.raises(AttributeError):\n    SFTTrainer("gpt2", train_dataset=d, peft_config={"r": 8})\n` },
    { name: "expected to raise, as others do", code: `import pytest\nfrom trl import SFTTrainer\nwith pytest.raises(TypeError):\n    SFTTrainer("gpt2", train_dataset=d, peft_config={"r": 8})\n` },
  ],
  invalid: [
    { name: "expected to raise what it never does", code: `import pytest\nfrom trl import SFTTrainer\nwith pytest.raises(KeyError):\n    SFTTrainer("gpt2", train_dataset=d, ⟦peft_config={"r": 8}⟧)\n`, findings: [{ message: "is a dict", severity: "error" }] },
    { name: "a dict", code: script('⟦peft_config={"r": 8}⟧'), findings: [{ message: "is a dict", severity: "error" }], fixed: script('peft_config=LoraConfig(**{"r": 8})') },
    { name: "a name", code: script("⟦peft_config=lora⟧").replace("trainer =", "lora = dict(r=8)\ntrainer ="), findings: [{ message: "SFTTrainer", severity: "error" }], fixed: script("peft_config=LoraConfig(**lora)").replace("trainer =", "lora = dict(r=8)\ntrainer =") },
    { name: "peft isn't imported", code: script('⟦peft_config={"r": 8}⟧', ""), findings: [{ message: "is a dict", severity: "error" }] },
    { name: "a dict that says its type", code: script('⟦peft_config={"peft_type": "LORA", "r": 8}⟧'), findings: [{ message: "is a dict", severity: "error" }] },
    { name: "in a dict that is unpacked", code: `from peft import LoraConfig\nfrom trl import DPOTrainer\noptions = {⟦"peft_config": {"r": 8}⟧}\nDPOTrainer(m, **options)\n`, findings: [{ message: "DPOTrainer", severity: "error" }] },
    { name: "GRPO", code: `from trl import GRPOTrainer\nGRPOTrainer(m, r, ⟦peft_config={"r": 8}⟧)\n`, findings: [{ message: "GRPOTrainer", severity: "error" }] },
  ],
});
