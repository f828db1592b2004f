import rule from "../../../server/src/rules/peft/unmatched-target-modules.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from peft import LoraConfig, get_peft_model\nfrom transformers import AutoModelForCausalLM, AutoModelForSequenceClassification\n`;
const lora = (model: string, targets: string): string => `${HEAD}model = AutoModelForCausalLM.from_pretrained("${model}")\nconfig = LoraConfig(target_modules=${targets})\nmodel = get_peft_model(model, config)\n`;

ruleTest(rule, {
  valid: [
    { name: "GPT-2", code: lora("gpt2", '["c_attn"]') },
    { name: "Llama", code: lora("meta-llama/Llama-2-7b-hf", '["q_proj", "v_proj", "lm_head"]') },
    { name: "all linear", code: lora("gpt2", '"all-linear"') },
    { name: "a pattern", code: lora("gpt2", 'r".*q_proj"') },
    { name: "a dotted name", code: lora("gpt2", '["attn.c_proj"]') },
    { name: "an unknown model", code: lora("me/mine", '["q_proj"]') },
    { name: "from outside", code: lora("gpt2", "cli.targets") },
    { name: "perhaps more", code: lora("gpt2", '["q_proj", *more]') },
    { name: "not given to a model", code: `${HEAD}model = AutoModelForCausalLM.from_pretrained("gpt2")\nconfig = LoraConfig(target_modules=["q_proj"])\n` },
    { name: "a model class of one's own", code: `${HEAD}class GPT2LMHeadModel: ...\nget_peft_model(GPT2LMHeadModel(), LoraConfig(target_modules=["q_proj"]))\n` },
  ],
  invalid: [
    { name: "none", code: lora("gpt2", '⟦["q_proj", "v_proj"]⟧'), findings: one("error", "GPT-2 has no module named q_proj, v_proj"), fixed: lora("gpt2", '["c_attn"]') },
    { name: "some", code: lora("facebook/opt-125m", '⟦["q_proj", "o_proj"]⟧'), findings: one("warning", "silently gets no adapter") },
    { name: "a trainer of trl", code: `${HEAD}from trl import SFTTrainer\nSFTTrainer("gpt2", train_dataset=d, peft_config=LoraConfig(target_modules=⟦["q_proj"]⟧))\n`, findings: one("error", "c_attn"), fixed: `${HEAD}from trl import SFTTrainer\nSFTTrainer("gpt2", train_dataset=d, peft_config=LoraConfig(target_modules=["c_attn"]))\n` },
    { name: "by class", code: `${HEAD}from transformers import BertConfig, BertForSequenceClassification\nmodel = BertForSequenceClassification(BertConfig())\nget_peft_model(model, LoraConfig(target_modules=⟦["q_proj"]⟧))\n`, findings: one("error", "BERT"), fixed: `${HEAD}from transformers import BertConfig, BertForSequenceClassification\nmodel = BertForSequenceClassification(BertConfig())\nget_peft_model(model, LoraConfig(target_modules=["query", "value"]))\n` },
  ],
});
