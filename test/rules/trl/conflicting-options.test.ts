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
    { name: "formatted, loss on everything", code: sft(", completion_only_loss=False", ", formatting_func=lambda e: e['a']"), versions: NEW },
    { name: "packing from outside", code: sft(", packing=cli.packing, max_length=None"), versions: NEW },
    { name: "GRPO with one of the two", code: `from trl import GRPOConfig, GRPOTrainer\nGRPOTrainer(m, r, GRPOConfig("o", steps_per_generation=2))\n`, versions: NEW },
    { name: "a reference that changes", code: dpo(", sync_ref_model=True"), versions: NEW },
    { name: "no adapter", code: dpo(", sync_ref_model=True", ", peft_config=None"), versions: NEW },
    { name: "padding-free DPO with a length", code: dpo(", padding_free=True, max_length=512"), versions: NEW },
    { name: "padding-free, packing from outside", code: sft(", padding_free=True, packing=cli.packing"), versions: NEW },
    { name: "padding-free, a length from outside", code: sft(", padding_free=True, max_length=cli.length"), versions: NEW },
    { name: "packing on one of two ways", code: sft(", packing=True if cli.pack else False, max_length=None"), versions: NEW },
    { name: "completion only, nothing formatted", code: sft(", completion_only_loss=True", ", formatting_func=None"), versions: NEW },
    { name: "completion only, formatted by whatever comes", code: sft(", completion_only_loss=True", ", formatting_func=cli.format"), versions: NEW },
    { name: "formatted, no loss named", code: sft("", ", formatting_func=lambda e: e['a']"), versions: NEW },
    { name: "packing with another collator", code: `from transformers import DataCollatorForLanguageModeling\n${sft(", packing=True, max_length=512", ", data_collator=DataCollatorForLanguageModeling(t, mlm=False)")}`, versions: { trl: "0.12.2" } },
    { name: "the completion collator without packing", code: `from trl import DataCollatorForCompletionOnlyLM, SFTConfig, SFTTrainer\nSFTTrainer(m, args=SFTConfig("o", packing=False), data_collator=DataCollatorForCompletionOnlyLM("a", tokenizer=t))\n`, versions: { trl: "0.12.2" } },
    { name: "GRPO with None for one of the two", code: `from trl import GRPOConfig, GRPOTrainer\nGRPOTrainer(m, r, GRPOConfig("o", generation_batch_size=None, steps_per_generation=2))\nGRPOTrainer(m, r, GRPOConfig("o", generation_batch_size=8, steps_per_generation=None))\n`, versions: NEW },
    { name: "GRPO, a subclass of the script's own", code: `from trl import GRPOConfig\nclass Mine(GRPOConfig):\n    def __post_init__(self):\n        self.generation_batch_size = None\nMine("o", generation_batch_size=8, steps_per_generation=2)\n`, versions: NEW },
    { name: "precomputed, and the reference stays", code: dpo(", sync_ref_model=False, precompute_ref_log_probs=True"), versions: NEW },
    { name: "an adapter alone", code: `from peft import LoraConfig\n${dpo("", ", peft_config=LoraConfig()")}`, versions: NEW },
    { name: "a length again before the trainer", code: sft(", packing=True, max_length=None").replace("SFTTrainer(\"gpt2\"", "args.max_length = 512\nSFTTrainer(\"gpt2\""), versions: NEW },
    { name: "GRPO, one of the two from outside", code: `from trl import GRPOConfig\nGRPOConfig("o", generation_batch_size=cli.batch, steps_per_generation=2)\n`, versions: NEW },
    { name: "formatted, the loss from outside", code: sft(", completion_only_loss=cli.only", ", formatting_func=lambda e: e['a']"), versions: NEW },
    { name: "an adapter from outside", code: dpo(", sync_ref_model=True", ", peft_config=get_peft_config(cli)"), versions: NEW },
    { name: "arguments of a class of one's own", code: sft(", packing=True, max_length=None").replace("args = SFTConfig(", "class Mine(SFTConfig):\n    def __init__(self, *args, **kwargs):\n        super().__init__(*args, **completed(kwargs))\nargs = Mine("), versions: NEW },
  ],
  invalid: [
    { name: "packing without a length", code: sft(", packing=True, ⟦max_length=None⟧"), versions: NEW, findings: one("error", "give it a number"), unsafe: sft(", packing=True") },
    { name: "padding-free with the default length", code: sft(", ⟦padding_free=True⟧"), versions: NEW, findings: one("error", "its default is 1024") },
    { name: "formatted and completion only, version unknown", code: sft(", ⟦completion_only_loss=True⟧", ", formatting_func=lambda e: 'a'"), findings: one("warning", "raises ValueError from trl 0.18 on") },
    { name: "packing and the completion collator", code: `from trl import DataCollatorForCompletionOnlyLM, SFTConfig, SFTTrainer\nSFTTrainer(m, args=SFTConfig("o", ⟦packing=True⟧), data_collator=DataCollatorForCompletionOnlyLM("a", tokenizer=t))\n`, versions: { trl: "0.12.2" }, findings: one("error", "Drop packing") },
    { name: "GRPO", code: `from trl import GRPOConfig, GRPOTrainer\nGRPOTrainer(m, r, GRPOConfig("o", ⟦generation_batch_size=8⟧, steps_per_generation=1))\n`, versions: NEW, findings: one("error", "Each follows from the other") },
    { name: "DPO", code: dpo(", ⟦sync_ref_model=True⟧, precompute_ref_log_probs=True"), versions: NEW, findings: one("error", "drop one") },
    { name: "DPO with an adapter", code: `from peft import LoraConfig\n${dpo(", ⟦sync_ref_model=True⟧", ", peft_config=LoraConfig()")}`, versions: NEW, findings: one("error", "no reference model to keep in step") },
    { name: "no length by a later assignment", code: sft(", packing=True, max_length=512").replace("SFTTrainer(\"gpt2\"", "args.seed = 1\n⟦args.max_length = None⟧\nSFTTrainer(\"gpt2\""), versions: NEW, findings: one("error", "give it a number") },
    { name: "the completion collator, version unknown", code: `from trl import DataCollatorForCompletionOnlyLM, SFTConfig, SFTTrainer\nSFTTrainer(m, args=SFTConfig("o", ⟦packing=True⟧), data_collator=DataCollatorForCompletionOnlyLM("a", tokenizer=t))\n`, findings: one("warning", "raises ValueError from trl 0.4.5 on, before 0.15. Drop packing") },
    { name: "DPO, in a dict that is unpacked", code: `from trl import DPOConfig, DPOTrainer\noptions = dict(⟦sync_ref_model=True⟧, precompute_ref_log_probs=True)\nDPOTrainer(m, args=DPOConfig("o", **options))\n`, versions: NEW, findings: one("error", "DPOTrainer is built") },
    { name: "padding-free without packing", code: sft(", ⟦padding_free=True⟧, packing=False, max_length=512"), versions: NEW, findings: one("error", "SFTTrainer is built") },
    { name: "arguments by position", code: `from trl import SFTConfig, SFTTrainer\nSFTTrainer("gpt2", SFTConfig("o", packing=True, ⟦max_length=None⟧))\n`, versions: NEW, findings: one("error", "give it a number") },
  ],
});
