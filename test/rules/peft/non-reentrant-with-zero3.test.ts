import rule from "../../../server/src/rules/peft/non-reentrant-with-zero3.js";
import { ruleTest } from "../../support/ruleTest.js";

const IMPORT = "from peft import LoraConfig, get_peft_model\nfrom transformers import AutoModelForCausalLM, Trainer, TrainingArguments\nfrom trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer\n";
const CHECKPOINTING = 'gradient_checkpointing=True, gradient_checkpointing_kwargs={⟦"use_reentrant": False⟧}';
const sft = (written = CHECKPOINTING, given = ", peft_config=LoraConfig()"): string => `${IMPORT}args = SFTConfig("out", ${written}, deepspeed="ds.json")\ntrainer = SFTTrainer(model="gpt2", args=args${given})\n`;
const dpo = (written = CHECKPOINTING): string => sft(written).replace("args = SFTConfig", "args = DPOConfig").replace("trainer = SFTTrainer", "trainer = DPOTrainer");
const wrapped = (written = CHECKPOINTING): string =>
  `${IMPORT}args = TrainingArguments("out", ${written}, deepspeed="ds.json")\nmodel = get_peft_model(AutoModelForCausalLM.from_pretrained("gpt2"), LoraConfig())\ntrainer = Trainer(model=model, args=args)\n`;
const plain = (code: string): string => code.replace(/[⟦⟧]/g, "");
const stage3 = { "ds.json": '{"zero_optimization": {"stage": 3}}' };
const old = { trl: "0.27.2" };
const one = [{ message: "An adapter under ZeRO stage 3 (ds.json) needs re-entrant checkpointing", severity: "warning", inFiles: ['"stage": 3'] }] as const;

ruleTest(rule, {
  valid: [
    { name: "re-entering", code: plain(sft(CHECKPOINTING.replace("False", "True"))), files: stage3, versions: old },
    { name: "the default", code: sft("gradient_checkpointing=True"), files: stage3, versions: old },
    { name: "no checkpointing", code: plain(sft(CHECKPOINTING.replace("g=True", "g=False"))), files: stage3, versions: old },
    { name: "stage 2", code: plain(sft()), files: { "ds.json": '{"zero_optimization": {"stage": 2}}' }, versions: old },
    { name: "a stage that nobody knows", code: plain(sft()), versions: old },
    { name: "no adapter", code: plain(sft(CHECKPOINTING, "")), files: stage3, versions: old },
    { name: "SFTTrainer that sees to it", code: plain(sft()), files: stage3, versions: { trl: "0.28.0" } },
    { name: "DPOTrainer that sees to it", code: plain(dpo()), files: stage3, versions: { trl: "1.9.0" } },
    { name: "a Trainer of transformers, which trains in one process at least", code: plain(wrapped()), files: stage3 },
    { name: "from outside", code: plain(sft(CHECKPOINTING.replace("False", "cli.reentrant"))), files: stage3, versions: old },
    { name: "options from elsewhere", code: plain(sft("gradient_checkpointing=True, gradient_checkpointing_kwargs=options")), files: stage3, versions: old },
    { name: "no adapter after all", code: plain(sft(CHECKPOINTING, ", peft_config=None")), files: stage3, versions: old },
    { name: "perhaps an adapter", code: plain(sft(CHECKPOINTING, ", peft_config=get_peft_config(cli)")), files: stage3, versions: old },
  ],
  invalid: [
    { name: "SFTTrainer", code: sft(), files: stage3, versions: old, findings: one, unsafe: plain(sft(CHECKPOINTING.replace("False", "True"))) },
    { name: "DPOTrainer", code: dpo(), files: stage3, versions: { trl: "1.8.0" }, findings: one },
  ],
});
