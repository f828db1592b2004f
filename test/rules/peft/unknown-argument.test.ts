import rule from "../../../server/src/rules/peft/unknown-argument.js";
import { ruleTest } from "../../support/ruleTest.js";

const lora = (written: string): string => `from peft import LoraConfig\nconfig = LoraConfig(r=8, ${written})\n`;

ruleTest(rule, {
  valid: [
    { name: "known", code: lora(`lora_alpha=16, lora_dropout=0.1, target_modules="all-linear", task_type="CAUSAL_LM", bias="none"`) },
    { name: "new, version unknown", code: lora("use_dora=True") },
    { name: "a base's field", code: lora("inference_mode=True, peft_type='LORA'") },
    { name: "an open splat", code: lora("**options") },
    { name: "a class of the same name", code: "import peft\nclass LoraConfig:\n    def __init__(self, **k): ...\nLoraConfig(alpha=1)\n" },
    { name: "get_peft_model", code: "from peft import get_peft_model\nget_peft_model(m, c, adapter_name='a')\n" },
  ],
  invalid: [
    { name: "misspelled", code: lora("⟦lora_dropuot⟧=0.1"), findings: [{ message: "Did you mean lora_dropout?", severity: "error" }], fixed: lora("lora_dropout=0.1") },
    { name: "borrowed", code: lora("⟦zzz⟧=16"), findings: [{ message: "LoraConfig has no argument zzz", severity: "error" }] },
    { name: "not yet there", code: lora("⟦use_dora⟧=True"), versions: { peft: "0.7.1" }, findings: [{ message: "only from peft 0.9", severity: "error" }] },
  ],
});
