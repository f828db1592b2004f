import rule from "../../../server/src/rules/peft/wrapped-twice.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM
lora = LoraConfig(task_type="CAUSAL_LM")
model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
`;
const one = [{ message: "has an adapter already", severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "once", code: `${HEAD}model = get_peft_model(model, lora)\n` },
    { name: "two models", code: `${HEAD}a = get_peft_model(model, lora)\nb = get_peft_model(AutoModelForCausalLM.from_pretrained("gpt2"), lora)\n` },
    { name: "merged between", code: `${HEAD}model = get_peft_model(model, lora)\nmodel = model.merge_and_unload()\nmodel = get_peft_model(model, lora)\n` },
    { name: "one or the other", code: `${HEAD}if cli.resume:\n    model = PeftModel.from_pretrained(model, "a", is_trainable=True)\nelse:\n    model = get_peft_model(model, lora)\n` },
    { name: "perhaps loaded", code: `${HEAD}if cli.resume:\n    model = PeftModel.from_pretrained(model, "a")\nmodel = get_peft_model(model, lora)\n` },
    { name: "a second adapter", code: `${HEAD}model = get_peft_model(model, lora)\nmodel.add_adapter("b", lora)\n` },
  ],
  invalid: [
    { name: "twice", code: `${HEAD}model = get_peft_model(model, lora)\nmodel = ⟦get_peft_model⟧(model, lora)\n`, findings: one, unsafe: `${HEAD}model = get_peft_model(model, lora)\n` },
    { name: "loaded, then wrapped", code: `${HEAD}loaded = PeftModel.from_pretrained(model, "a")\nmodel = ⟦get_peft_model⟧(loaded, lora)\n`, findings: one },
  ],
});
