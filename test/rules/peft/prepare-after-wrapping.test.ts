import rule from "../../../server/src/rules/peft/prepare-after-wrapping.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from peft import LoraConfig, PeftModel, get_peft_model, prepare_model_for_kbit_training
from transformers import AutoModelForCausalLM, BitsAndBytesConfig
lora = LoraConfig(task_type="CAUSAL_LM")
`;
const LOAD = `model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")\n`;
const LOAD4 = `model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m", quantization_config=BitsAndBytesConfig(load_in_4bit=True))\n`;
const WRAP = "model = get_peft_model(model, lora)\n";
const PREPARE = "model = ⟦prepare_model_for_kbit_training⟧(model)\n";
const PLAIN = PREPARE.replace(/[⟦⟧]/g, "");

ruleTest(rule, {
  valid: [
    { name: "before", code: HEAD + LOAD + PLAIN + WRAP },
    { name: "another model", code: HEAD + LOAD + `other = get_peft_model(model, lora)\nsecond = AutoModelForCausalLM.from_pretrained("gpt2")\nprepare_model_for_kbit_training(second)\n` },
    { name: "made trainable again", code: `${HEAD}${LOAD}${WRAP}${PLAIN}for n, p in model.named_parameters():\n    p.requires_grad = "lora" in n\n` },
    { name: "made trainable by a method", code: `${HEAD}${LOAD}${WRAP}${PLAIN}model.requires_grad_(True)\n` },
    { name: "a loaded adapter", code: `${HEAD}${LOAD}model = PeftModel.from_pretrained(model, "a")\n${PLAIN}` },
    { name: "wrapped on one way only", code: `${HEAD}${LOAD}if cli.lora:\n    ${WRAP}${PLAIN}` },
    { name: "a function of one's own", code: `${HEAD.replace(", prepare_model_for_kbit_training", "")}def prepare_model_for_kbit_training(m):\n    return m\n${LOAD}${WRAP}${PLAIN}` },
    { name: "merged before", code: `${HEAD}${LOAD}${WRAP}model = model.merge_and_unload()\n${PLAIN}` },
  ],
  invalid: [
    { name: "after", code: HEAD + LOAD + WRAP + PREPARE, findings: [{ message: "raises RuntimeError", severity: "error" }], fixed: HEAD + LOAD + PLAIN + WRAP },
    { name: "quantised", code: HEAD + LOAD4 + WRAP + PREPARE, findings: [{ message: "nothing is trained", severity: "warning" }], fixed: HEAD + LOAD4 + PLAIN + WRAP },
    { name: "requires_grad is only read", code: `${HEAD}${LOAD}${WRAP}${PREPARE}print(sum(p.numel() for p in model.parameters() if p.requires_grad))\n`, findings: [{ message: "raises", severity: "error" }], fixed: `${HEAD}${LOAD}${PLAIN}${WRAP}print(sum(p.numel() for p in model.parameters() if p.requires_grad))\n` },
    { name: "not side by side", code: `${HEAD}${LOAD}${WRAP}print(1)\n${PREPARE}`, findings: [{ message: "raises", severity: "error" }] },
  ],
});
