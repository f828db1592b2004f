import rule from "../../../server/src/rules/peft/new-tokens-untrained.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("facebook/opt-125m")
model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
`;
const ADD = 'tokenizer.add_tokens(["<think>"])\n';
const RESIZE = "model.resize_token_embeddings(len(tokenizer))\n";
const wrap = (config: string): string => `model = get_peft_model(model, ${config})\n`;
const one = [{ message: "<think>", severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "saved", code: HEAD + ADD + RESIZE + wrap('LoraConfig(modules_to_save=["embed_tokens", "lm_head"])') },
    { name: "saved, by an assignment", code: `${HEAD}${ADD}${RESIZE}lora = LoraConfig(r=8)\nlora.modules_to_save = ["embed_tokens"]\n${wrap("lora")}` },
    { name: "only the new rows", code: HEAD + ADD + RESIZE + wrap('LoraConfig(trainable_token_indices={"embed_tokens": [50265]})') },
    { name: "targeted", code: HEAD + ADD + RESIZE + wrap('LoraConfig(target_modules=["q_proj", "embed_tokens"])') },
    { name: "a padding token", code: `${HEAD}tokenizer.add_special_tokens({"pad_token": "[PAD]"})\n${RESIZE}${wrap("LoraConfig(r=8)")}` },
    { name: "a padding token as a list", code: `${HEAD}tokenizer.add_tokens(["<pad>"])\n${RESIZE}${wrap("LoraConfig(r=8)")}` },
    { name: "nothing added", code: HEAD + RESIZE + wrap("LoraConfig(r=8)") },
    { name: "not resized", code: HEAD + ADD + wrap("LoraConfig(r=8)") },
    { name: "the script trains them", code: `${HEAD}${ADD}${RESIZE}${wrap("LoraConfig(r=8)")}model.get_input_embeddings().weight.requires_grad = True\n` },
    { name: "modules from outside", code: HEAD + ADD + RESIZE + wrap("LoraConfig(modules_to_save=cli.modules)") },
    { name: "an open splat", code: HEAD + ADD + RESIZE + wrap("LoraConfig(**options)") },
    { name: "tokens from outside", code: `${HEAD}tokenizer.add_tokens(cli.tokens)\n${RESIZE}${wrap("LoraConfig(r=8)")}` },
  ],
  invalid: [
    { name: "no word of them", code: HEAD + ADD + RESIZE + wrap("⟦LoraConfig⟧(r=8)"), findings: one, unsafe: HEAD + ADD + RESIZE + wrap('LoraConfig(r=8, modules_to_save=["embed_tokens", "lm_head"])') },
    { name: "special ones", code: `${HEAD}tokenizer.add_special_tokens({"additional_special_tokens": ["<think>"]})\n${RESIZE}${wrap('⟦LoraConfig⟧(target_modules="all-linear")')}`, findings: one },
  ],
});
