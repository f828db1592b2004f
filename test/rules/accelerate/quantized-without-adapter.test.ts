import rule from "../../../server/src/rules/accelerate/quantized-without-adapter.js";
import { ruleTest } from "../../support/ruleTest.js";

const V4 = { versions: { transformers: "4.57.6" } };
const HEAD = `from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, Trainer, TrainingArguments
from trl import SFTConfig, SFTTrainer
`;
const LOAD = `model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m", quantization_config=BitsAndBytesConfig(load_in_4bit=True))\n`;
const TRAIN = `trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=d)\n`;
const FOUND = TRAIN.replace("model=model", "⟦model=model⟧");

ruleTest(rule, {
  valid: [
    { name: "an adapter", code: `${HEAD}${LOAD}model = get_peft_model(prepare_model_for_kbit_training(model), LoraConfig())\n${TRAIN}`, ...V4 },
    { name: "a native adapter", code: `${HEAD}${LOAD}model.add_adapter(LoraConfig())\n${TRAIN}`, ...V4 },
    { name: "peft_config", code: `${HEAD}${LOAD}SFTTrainer(model, args=SFTConfig("o"), train_dataset=d, peft_config=LoraConfig())\n`, ...V4 },
    { name: "peft_config in a splat", code: `${HEAD}${LOAD}SFTTrainer(model, args=SFTConfig("o"), train_dataset=d, **options)\n`, ...V4 },
    { name: "not quantised", code: `${HEAD}model = AutoModelForCausalLM.from_pretrained("gpt2")\n${TRAIN}`, ...V4 },
    { name: "perhaps quantised", code: `${HEAD}model = AutoModelForCausalLM.from_pretrained("gpt2", quantization_config=BitsAndBytesConfig(load_in_4bit=cli.four))\n${TRAIN}`, ...V4 },
    { name: "wrapped by code that isn't seen", code: `from mine import add_lora\n${HEAD}${LOAD}add_lora(model)\n${TRAIN}`, ...V4 },
    { name: "wrapped on one way", code: `${HEAD}${LOAD}if cli.lora:\n    model = get_peft_model(model, LoraConfig())\n${TRAIN}`, ...V4 },
    { name: "dequantised", code: `${HEAD}${LOAD}model.dequantize()\n${TRAIN}`, ...V4 },
    { name: "before 4.36", code: HEAD + LOAD + TRAIN, versions: { transformers: "4.31.0" } },
    { name: "only generated with", code: `${HEAD}${LOAD}model.generate(**x)\n`, ...V4 },
    { name: "unsloth", code: `import unsloth\n${HEAD}${LOAD}${TRAIN}`, ...V4 },
  ],
  invalid: [
    { name: "to a Trainer", code: HEAD + LOAD + FOUND, ...V4, findings: [{ message: "4 bits", severity: "error" }] },
    { name: "version unknown", code: HEAD + LOAD + FOUND, findings: [{ message: "4.36", severity: "warning" }] },
    { name: "by the old keyword", code: `${HEAD}model = AutoModelForCausalLM.from_pretrained("gpt2", load_in_8bit=True)\n${FOUND}`, ...V4, findings: [{ message: "8 bits", severity: "error" }] },
    { name: "prepared, but nothing to train", code: `${HEAD}${LOAD}model = prepare_model_for_kbit_training(model)\nSFTTrainer(⟦model⟧, args=SFTConfig("o"), train_dataset=d)\n`, ...V4, findings: [{ message: "SFTTrainer raises", severity: "error" }] },
  ],
});
