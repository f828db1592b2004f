import rule from "../../../server/src/rules/transformers/mlm-collator-for-causal-lm.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (collator: string, { checkpoint = "gpt2", model = `AutoModelForCausalLM.from_pretrained("gpt2")`, more = "" } = {}): string =>
  `from transformers import AutoModelForCausalLM, AutoModelForMaskedLM, AutoTokenizer, DataCollatorForLanguageModeling, Trainer\ntokenizer = AutoTokenizer.from_pretrained("${checkpoint}")\n${more}model = ${model}\nTrainer(model=model, data_collator=${collator})\n`;
const C = "⟦DataCollatorForLanguageModeling⟧(tokenizer)";
const FIXED = "DataCollatorForLanguageModeling(tokenizer, mlm=False)";
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "mlm=False", code: script(FIXED) },
    { name: "by position", code: script("DataCollatorForLanguageModeling(tokenizer, False)") },
    { name: "a masked model", code: script("DataCollatorForLanguageModeling(tokenizer)", { model: 'AutoModelForMaskedLM.from_pretrained("bert-base-cased")' }) },
    { name: "mlm from elsewhere", code: script("DataCollatorForLanguageModeling(tokenizer, mlm=cli.mlm)") },
    { name: "an open splat may bring it", code: script("DataCollatorForLanguageModeling(tokenizer, **more)") },
    { name: "an unknown model", code: script("DataCollatorForLanguageModeling(tokenizer)", { model: "load()" }) },
    { name: "one of two kinds of model", code: script("DataCollatorForLanguageModeling(tokenizer)", { model: 'AutoModelForCausalLM.from_pretrained("x") if cli.clm else AutoModelForMaskedLM.from_pretrained("x")' }) },
    { name: "TRL's collator of that name", code: script("C(tokenizer)").replace("tokenizer =", "from trl.trainer.sft_trainer import DataCollatorForLanguageModeling as C\ntokenizer =") },
    { name: "not in this Trainer", code: script("other").replace("Trainer(", "DataCollatorForLanguageModeling(tokenizer)\nTrainer(") },
    { name: "written later", code: script("c").replace("Trainer(m", "c = DataCollatorForLanguageModeling(tokenizer)\nc.mlm = False\nTrainer(m") },
  ],
  invalid: [
    { name: "no mask token", code: script(C), findings: one("error", "raises ValueError"), fixed: script(FIXED) },
    { name: "mlm=True", code: script("DataCollatorForLanguageModeling(tokenizer=tokenizer, ⟦mlm=True⟧)"), findings: one("error", "no mask token"), fixed: script("DataCollatorForLanguageModeling(tokenizer=tokenizer, mlm=False)") },
    { name: "by position", code: script("DataCollatorForLanguageModeling(tokenizer, ⟦True⟧)"), findings: one("error", "no mask token"), fixed: script("DataCollatorForLanguageModeling(tokenizer, mlm=False)") },
    { name: "a checkpoint that isn't known", code: script(C, { checkpoint: "me/mine" }), findings: one("warning", "wrong labels"), fixed: script(FIXED, { checkpoint: "me/mine" }) },
    { name: "a mask token was added", code: script(C, { more: 'tokenizer.add_special_tokens({"mask_token": "<m>"})\n' }), findings: one("warning", "wrong labels"), fixed: script(FIXED, { more: 'tokenizer.add_special_tokens({"mask_token": "<m>"})\n' }) },
    { name: "another token was added", code: script(C, { more: 'tokenizer.add_special_tokens({"pad_token": "<p>"})\n' }), findings: one("error", "no mask token"), fixed: script(FIXED, { more: 'tokenizer.add_special_tokens({"pad_token": "<p>"})\n' }) },
    { name: "with an adapter", code: script(C, { model: 'get_peft_model(AutoModelForCausalLM.from_pretrained("gpt2"), c)', more: "from peft import get_peft_model\n" }), findings: one("error", "no mask token"), fixed: script(FIXED, { model: 'get_peft_model(AutoModelForCausalLM.from_pretrained("gpt2"), c)', more: "from peft import get_peft_model\n" }) },
  ],
});
