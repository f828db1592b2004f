import rule from "../../../server/src/rules/trl/deepspeed-known-defect.js";
import { ruleTest } from "../../support/ruleTest.js";

const ZERO3 = '{"zero_optimization": {"stage": 3}}';
const sft = (written: string, { load = "", more = "", args = "" } = {}): string =>
  `import torch\nfrom peft import LoraConfig\nfrom transformers import AutoModelForCausalLM, BitsAndBytesConfig, TrainingArguments\nfrom trl import SFTConfig, SFTTrainer\nargs = SFTConfig("o", ${written}${args})\nmodel = AutoModelForCausalLM.from_pretrained("x"${load})\nSFTTrainer(model, args=args${more})\n`;
const LORA = { more: ", peft_config=LoraConfig()" };
const BF16 = { load: ", torch_dtype=torch.bfloat16", ...LORA };

ruleTest(rule, {
  valid: [
    { name: "no adapter", code: sft(`deepspeed=${ZERO3}`), versions: { trl: "0.7.4" } },
    { name: "stage 2", code: sft(`deepspeed=${ZERO3.replace("3", "2")}`, LORA), versions: { trl: "0.7.4" } },
    { name: "no DeepSpeed", code: sft("deepspeed=None", LORA), versions: { trl: "0.7.4" } },
    { name: "a configuration from the command line", code: sft("deepspeed=cli.deepspeed", LORA), versions: { trl: "0.7.4" } },
    { name: "adapters in 0.8", code: sft(`deepspeed=${ZERO3}`, LORA), versions: { trl: "0.8.6" } },
    { name: "a bfloat16 base", code: sft(`deepspeed=${ZERO3}`, BF16), versions: { trl: "1.3.0" } },
    { name: "a float32 base", code: sft(`deepspeed=${ZERO3}`, LORA), versions: { trl: "1.3.0" } },
    { name: "another loss", code: sft(`deepspeed=${ZERO3}`, { args: ', loss_type="nll"' }), versions: { trl: "1.4.0" } },
    { name: "chunked_nll", code: sft(`deepspeed=${ZERO3}`, { args: ', loss_type="chunked_nll"' }), versions: { trl: "1.4.0" } },
    { name: "another trainer", code: 'from trl import DPOConfig, DPOTrainer\nDPOTrainer(m, args=DPOConfig("o", deepspeed="x.json"), peft_config=p)\n', versions: { trl: "0.7.4" } },
    { name: "a config that may be None", code: sft(`deepspeed=${ZERO3}`, { more: ", peft_config=get_peft_config(cli)" }), versions: { trl: "0.7.4" } },
    { name: "loaded in 4 bits without an adapter", code: sft(`deepspeed=${ZERO3}`, { load: ", load_in_4bit=True" }), versions: { trl: "0.7.11" } },
    { name: "a quantization that may be None", code: sft(`deepspeed=${ZERO3}`, { load: ", quantization_config=cli.quantization", ...LORA }), versions: { trl: "0.7.11" } },
    { name: "not quantized", code: sft(`deepspeed=${ZERO3}`, { load: ", quantization_config=None, load_in_4bit=False", ...LORA }), versions: { trl: "0.7.11" } },
    { name: "perhaps quantized", code: sft(`deepspeed=${ZERO3}`, { load: ", load_in_8bit=cli.small", ...LORA }), versions: { trl: "0.7.11" } },
    { name: "a model from elsewhere", code: sft(`deepspeed=${ZERO3}`, LORA).replace('AutoModelForCausalLM.from_pretrained("x")', "load()"), versions: { trl: "0.7.11" } },
    { name: "other arguments have DeepSpeed", code: sft("seed=1", LORA).replace("SFTTrainer(model", `other = TrainingArguments("p", deepspeed=${ZERO3})\nSFTTrainer(model`), versions: { trl: "0.7.4" } },
    { name: "arguments from outside", code: `${sft(`deepspeed=${ZERO3}`)}SFTTrainer(model, args=load(), peft_config=LoraConfig())\n`, versions: { trl: "0.7.4" } },
  ],
  invalid: [
    { name: "adapters", code: sft(`⟦deepspeed=${ZERO3}⟧`, LORA), versions: { trl: "0.7.4" }, findings: [{ message: "Under ZeRO stage 3, each checkpoint", severity: "warning" }] },
    { name: "a file that isn't at hand", code: sft('⟦deepspeed="ds_zero3.json"⟧', LORA), versions: { trl: "0.7.4" }, findings: [{ message: "If it is ZeRO stage 3, each checkpoint", severity: "warning" }] },
    { name: "a 4-bit model", code: sft(`⟦deepspeed=${ZERO3}⟧`, { load: ", quantization_config=BitsAndBytesConfig(load_in_4bit=True)", ...LORA }), versions: { trl: "0.7.11" }, findings: [{ message: "4-bit model", severity: "warning" }] },
    { name: "version unknown", code: sft(`⟦deepspeed=${ZERO3}⟧`, BF16), findings: [{ message: "before 0.7.5 saved adapters can be empty. Pin", severity: "information" }] },
    { name: "loaded in 4 bits", code: sft(`⟦deepspeed=${ZERO3}⟧`, { load: ", load_in_4bit=True", ...LORA }), versions: { trl: "0.7.11" }, findings: [{ message: "Under ZeRO stage 3, SFTTrainer can't train a 4-bit model", severity: "warning" }] },
    { name: "in 8 bits, by name", code: `from peft import LoraConfig\nfrom trl import SFTConfig, SFTTrainer\nSFTTrainer("x", args=SFTConfig("o", ⟦deepspeed=${ZERO3}⟧, model_init_kwargs={"load_in_8bit": True}), peft_config=LoraConfig())\n`, versions: { trl: "0.7.11" }, findings: [{ message: "4-bit model", severity: "warning" }] },
    { name: "two defects, version unknown", code: sft(`⟦deepspeed=${ZERO3}⟧`, { load: ", load_in_4bit=True", ...LORA }), findings: [{ message: "before 0.7.5 saved adapters can be empty, before 0.8 no 4-bit model. Pin", severity: "information" }] },
  ],
});
