import rule from "../../../server/src/rules/trl/conflicting-options.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const sft = (args: string, trainer = ""): string => `from trl import SFTConfig, SFTTrainer\nargs = SFTConfig("o"${args})\nSFTTrainer("gpt2", args=args, train_dataset=d${trainer})\n`;
const dpo = (args: string, trainer = ""): string => `from trl import DPOConfig, DPOTrainer\nDPOTrainer(m, args=DPOConfig("o"${args}), train_dataset=d${trainer})\n`;
const NEW = { trl: "1.13.0" };

ruleTest(rule, {
  valid: [
    { name: "packing with a length", code: sft(", packing=True, max_length=512"), versions: NEW },
    { name: "no length without packing", code: sft(", max_length=None"), versions: NEW },
    { name: "padding-free and packed", code: sft(", padding_free=True, packing=True"), versions: NEW },
    { name: "padding-free without a length", code: sft(", padding_free=True, max_length=None"), versions: NEW },
    { name: "padding-free before 1.0", code: sft(", padding_free=True"), versions: { trl: "0.27.2" } },
    { name: "formatted, loss on everything", code: sft(", completion_only_loss=False", ", formatting_func=f"), versions: NEW },
    { name: "packing from outside", code: sft(", packing=cli.packing, max_length=None"), versions: NEW },
    { name: "GRPO with one of the two", code: `from trl import GRPOConfig, GRPOTrainer\nGRPOTrainer(m, r, GRPOConfig("o", steps_per_generation=2))\n`, versions: NEW },
    { name: "a reference that changes", code: dpo(", sync_ref_model=True"), versions: NEW },
    { name: "no adapter", code: dpo(", sync_ref_model=True", ", peft_config=None"), versions: NEW },
  ],
  invalid: [
    { name: "packing without a length", code: sft(", packing=True, ⟦max_length=None⟧"), versions: NEW, findings: one("error", "give it a number"), unsafe: sft(", packing=True") },
    { name: "padding-free with the default length", code: sft(", ⟦padding_free=True⟧"), versions: NEW, findings: one("error", "its default is 1024") },
    { name: "formatted and completion only, version unknown", code: sft(", ⟦completion_only_loss=True⟧", ", formatting_func=lambda e: 'a'"), findings: one("warning", "raises ValueError from trl 0.18 on") },
    { name: "packing and the completion collator", code: `from trl import DataCollatorForCompletionOnlyLM, SFTConfig, SFTTrainer\nSFTTrainer(m, args=SFTConfig("o", ⟦packing=True⟧), data_collator=DataCollatorForCompletionOnlyLM("a", tokenizer=t))\n`, versions: { trl: "0.12.2" }, findings: one("error", "Drop packing") },
    { name: "GRPO", code: `from trl import GRPOConfig, GRPOTrainer\nGRPOTrainer(m, r, GRPOConfig("o", ⟦generation_batch_size=8⟧, steps_per_generation=1))\n`, versions: NEW, findings: one("error", "Each follows from the other") },
    { name: "DPO", code: dpo(", ⟦sync_ref_model=True⟧, precompute_ref_log_probs=True"), versions: NEW, findings: one("error", "drop one") },
    { name: "DPO with an adapter", code: `from peft import LoraConfig\n${dpo(", ⟦sync_ref_model=True⟧", ", peft_config=LoraConfig()")}`, versions: NEW, findings: one("error", "no reference model to keep in step") },
  ],
});
