import rule from "../../../server/src/rules/trl/removed-argument.js";
import { ruleTest } from "../../support/ruleTest.js";

const at = (trl: string) => ({ versions: { trl } });
const config = (args: string): string => `from trl import SFTConfig\nargs = SFTConfig("out", ${args})\n`;
const trainer = (args: string): string => `from trl import SFTTrainer\nSFTTrainer(m, train_dataset=ds, ${args})\n`;
const one = (severity: "error" | "warning" | "hint", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "max_seq_length in 0.15", code: config("max_seq_length=512"), ...at("0.15.2") },
    { name: "max_length in 0.16", code: config("max_length=512"), ...at("0.16.0") },
    { name: "tokenizer in 0.11", code: trainer("tokenizer=tok"), ...at("0.11.4") },
    { name: "processing_class in 0.12", code: trainer("processing_class=tok"), ...at("0.12.0") },
    { name: "moved to the config: another rule", code: trainer("packing=True"), ...at("0.19.1") },
    { name: "eval_packing is still there", code: config("eval_packing=True"), ...at("1.9.0") },
    { name: "gradient_checkpointing moved to a base of the same library", code: config("gradient_checkpointing=True"), ...at("1.9.0") },
    { name: "neftune_noise_alpha is inherited", code: config("neftune_noise_alpha=5"), versions: { trl: "0.12.0", transformers: "4.46.3" } },
    { name: "PPOConfig's batch_size is inherited", code: `from trl import PPOConfig\nPPOConfig("o", batch_size=8)\n`, ...at("0.13.0") },
    { name: "TypeError is caught", code: `from trl import SFTConfig\ntry:\n    a = SFTConfig("o", max_seq_length=3)\nexcept TypeError:\n    a = SFTConfig("o", max_length=3)\n`, ...at("1.9.0") },
    { name: "asked for first", code: `from trl import SFTConfig\nimport dataclasses\nnames = {f.name for f in dataclasses.fields(SFTConfig)}\nd = {}\nif "max_length" in names:\n    d["max_length"] = 3\nelse:\n    d["max_seq_length"] = 3\nSFTConfig("o", **d)\n`, ...at("1.9.0") },
    { name: "unsloth's trainer takes the tokenizer", code: `from unsloth import FastLanguageModel\n${trainer("tokenizer=tok")}`, ...at("1.9.0") },
    { name: "unsloth's config takes max_seq_length", code: `from unsloth import FastVisionModel\n${config("max_seq_length=512")}`, ...at("1.9.0") },
  ],
  invalid: [
    { name: "max_seq_length in 0.17", code: config("⟦max_seq_length⟧=512"), ...at("0.17.0"), findings: one("hint", "deprecated"), fixed: config("max_length=512") },
    { name: "max_seq_length in 0.20", code: config("⟦max_seq_length⟧=512"), ...at("0.20.0"), findings: one("error", "from trl 0.20 on"), fixed: config("max_length=512") },
    { name: "max_seq_length, version unknown", code: config("⟦max_seq_length⟧=512"), findings: one("warning", "from trl 0.20 on"), unsafe: config("max_length=512") },
    { name: "in a dict", code: `from trl import SFTConfig\nd = dict(⟦max_seq_length⟧=3)\nSFTConfig("o", **d)\n`, ...at("1.9.0"), findings: one("error", "Use max_length"), fixed: `from trl import SFTConfig\nd = dict(max_length=3)\nSFTConfig("o", **d)\n` },
    { name: "tokenizer in 0.12", code: trainer("⟦tokenizer⟧=tok"), ...at("0.12.1"), findings: one("hint", "deprecated"), fixed: trainer("processing_class=tok") },
    { name: "tokenizer in 0.16", code: trainer("⟦tokenizer⟧=tok"), ...at("0.16.0"), findings: one("error", "from trl 0.16 on"), fixed: trainer("processing_class=tok") },
    { name: "use_liger in 0.18", code: config("⟦use_liger⟧=True"), versions: { trl: "0.18.0", transformers: "4.57.6" }, findings: one("error", "use_liger_kernel"), fixed: config("use_liger_kernel=True") },
    { name: "chars_per_token has no successor", code: config("⟦chars_per_token⟧=3.6, packing=True"), ...at("0.18.0"), findings: one("error", "no successor"), unsafe: config("packing=True") },
    { name: "gone for a while", code: `from trl import PPOTrainer\nPPOTrainer(config=c, ⟦model⟧=m)\n`, ...at("0.12.2"), findings: one("error", "in your version of trl") },
    { name: "DPO's max_prompt_length", code: `from trl import DPOConfig\nDPOConfig("o", ⟦max_prompt_length⟧=512)\n`, ...at("1.9.0"), findings: one("error", "filter long prompts"), unsafe: `from trl import DPOConfig\nDPOConfig("o")\n` },
  ],
});
