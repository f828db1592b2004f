import rule from "../../../server/src/rules/trl/moved-to-config.js";
import { ruleTest } from "../../support/ruleTest.js";
import { py } from "../../support/script.js";

const HEAD = "from trl import SFTConfig, SFTTrainer\n";
/** An SFTTrainer with a config of its own, with more arguments for either. */
const sft = (trainer: string, config = ""): string => `${HEAD}args = SFTConfig(output_dir="out"${config})\ntrainer = SFTTrainer("gpt2", args=args, train_dataset=ds${trainer})\n`;
const OLD = `, ⟦dataset_text_field⟧="text", max_seq_length=512`;
const at = (trl: string, transformers = "4.57.6") => ({ versions: { trl, transformers } });
const error = (message: string) => [{ message, severity: "error" }] as const;

const plain = py`
  from transformers import TrainingArguments
  from trl import SFTTrainer

  training_args = TrainingArguments(
      output_dir="out",
      learning_rate=1e-4,
  )
  trainer = SFTTrainer(
      model,
      args=training_args,
      train_dataset=ds,
      ⟦dataset_text_field⟧="text",
      max_seq_length=512,
      peft_config=peft_config,
  )
`;

ruleTest(rule, {
  valid: [
    { name: "correct up to 0.8", code: sft(OLD.replace(/[⟦⟧]/g, "")), ...at("0.8.6") },
    { name: "in the config", code: sft("", `, dataset_text_field="text", max_length=512`), ...at("1.13.0", "5.18.0") },
    { name: "nothing given", code: sft(""), ...at("0.13.0") },
    { name: "another argument", code: sft(", peft_config=p"), ...at("1.13.0") },
    { name: "unsloth's trainer takes them", code: `from unsloth import FastLanguageModel\n${sft(`, max_seq_length=512`)}`, ...at("0.19.1") },
    { name: "a trainer of the script's own", code: `import trl\nclass SFTTrainer:\n    def __init__(self, model, **k): ...\nSFTTrainer(m, max_seq_length=3)\n`, ...at("0.19.1") },
    { name: "a subclass of the script's own", code: `from trl import SFTTrainer\nclass Mine(SFTTrainer): ...\nMine(m, max_seq_length=3)\n`, ...at("0.19.1") },
    { name: "through an open splat", code: `${HEAD}SFTTrainer(m, **options)\n`, ...at("0.19.1") },
    { name: "TypeError is caught", code: `${HEAD}try:\n    t = SFTTrainer(m, max_seq_length=3)\nexcept TypeError:\n    t = SFTTrainer(m)\n`, ...at("0.19.1") },
    { name: "the fall-back for an older release", code: `${HEAD}try:\n    t = SFTTrainer(m)\nexcept TypeError:\n    t = SFTTrainer(m, max_seq_length=3)\n`, ...at("0.19.1") },
    { name: "asked for first", code: `import inspect\n${HEAD}if "max_seq_length" in inspect.signature(SFTTrainer).parameters:\n    t = SFTTrainer(m, max_seq_length=3)\n`, ...at("0.19.1") },
    { name: "in a branch on the version", code: `import trl\nfrom packaging import version\n${HEAD}if version.parse(trl.__version__) < version.parse("0.9"):\n    SFTTrainer(m, max_seq_length=3)\n` },
    { name: "RewardTrainer(max_length=) in 0.8", code: `from trl import RewardTrainer\nRewardTrainer(m, max_length=3)\n`, ...at("0.7.1") },
    { name: "a dead branch", code: `${HEAD}if False:\n    SFTTrainer(m, max_seq_length=3)\n`, ...at("0.19.1") },
    { name: "DPO with its config", code: `from trl import DPOConfig, DPOTrainer\nDPOTrainer(m, args=DPOConfig("o", beta=0.1))\n`, ...at("0.13.0") },
    { name: "GRPO never had them", code: `from trl import GRPOTrainer\nGRPOTrainer(m, reward_funcs=f)\n`, ...at("0.19.1") },
  ],
  invalid: [
    { name: "0.12: still taken, with a warning", code: sft(OLD), ...at("0.12.1"), findings: [{ message: "deprecated, and not taken", severity: "hint" }], fixed: sft("", `, dataset_text_field="text", max_seq_length=512`) },
    { name: "0.15: under the old name", code: sft(OLD), ...at("0.15.2"), findings: error("from trl 0.13 on: raises TypeError"), fixed: sft("", `, dataset_text_field="text", max_seq_length=512`) },
    { name: "0.19: under the new name", code: sft(OLD), ...at("0.19.1"), findings: error("They belong to SFTConfig"), fixed: sft("", `, dataset_text_field="text", max_length=512`) },
    { name: "1.13", code: sft(OLD), ...at("1.13.0", "5.18.0"), findings: error("dataset_text_field and max_seq_length"), fixed: sft("", `, dataset_text_field="text", max_length=512`) },
    { name: "versions unknown", code: sft(OLD), findings: [{ message: "from trl 0.13 on", severity: "warning" }], unsafe: sft("", `, dataset_text_field="text", max_length=512`) },
    {
      name: "plain TrainingArguments become the config, imports and all",
      code: plain,
      ...at("0.15.2"),
      findings: error("SFTTrainer doesn't take"),
      unsafe: py`
        from trl import SFTTrainer, SFTConfig

        training_args = SFTConfig(
            output_dir="out",
            learning_rate=1e-4,
            dataset_text_field="text",
            max_seq_length=512,
        )
        trainer = SFTTrainer(
            model,
            args=training_args,
            train_dataset=ds,
            peft_config=peft_config,
        )
      `,
    },
    {
      name: "no arguments at all",
      code: `from trl import SFTTrainer\nSFTTrainer(m, train_dataset=ds, ⟦dataset_text_field⟧="text", packing=True)\n`,
      ...at("1.13.0", "5.18.0"),
      findings: error("dataset_text_field and packing"),
      unsafe: `from trl import SFTTrainer, SFTConfig\nSFTTrainer(m, train_dataset=ds, args=SFTConfig(dataset_text_field="text", packing=True))\n`,
    },
    {
      name: "no arguments where output_dir is required",
      code: `import trl\ntrl.SFTTrainer(m, ⟦packing⟧=True)\n`,
      ...at("0.13.0", "4.46.3"),
      findings: error("It belongs to SFTConfig"),
      unsafe: `import trl\ntrl.SFTTrainer(m, args=trl.SFTConfig(output_dir="tmp_trainer", packing=True))\n`,
    },
    {
      name: "DPO's beta",
      code: `from trl import DPOConfig, DPOTrainer\nargs = DPOConfig("out")\nDPOTrainer(m, None, args, ⟦beta⟧=0.2, train_dataset=ds)\n`,
      ...at("0.13.0"),
      findings: error("DPOConfig"),
      fixed: `from trl import DPOConfig, DPOTrainer\nargs = DPOConfig("out", beta=0.2)\nDPOTrainer(m, None, args, train_dataset=ds)\n`,
    },
    {
      name: "a field that the config has no more is dropped, which is no safe fix",
      code: sft(`, ⟦chars_per_token⟧=3.0`),
      ...at("0.19.1"),
      findings: error("chars_per_token"),
      unsafe: sft(""),
    },
    { name: "a value that is known only later stays where it is", code: `${HEAD}args = SFTConfig("o")\nlength = 3\nSFTTrainer(m, args=args, ⟦max_seq_length⟧=length)\n`, ...at("0.19.1"), findings: error("max_seq_length") },
    { name: "arguments from the command line", code: `from trl import SFTTrainer\nSFTTrainer(m, args=cli.args, ⟦max_seq_length⟧=3)\n`, ...at("0.19.1"), findings: error("max_seq_length") },
    { name: "RewardTrainer's max_length", code: `from trl import RewardConfig, RewardTrainer\nRewardTrainer(m, args=RewardConfig("o"), ⟦max_length⟧=3)\n`, ...at("0.15.2"), findings: error("RewardConfig"), fixed: `from trl import RewardConfig, RewardTrainer\nRewardTrainer(m, args=RewardConfig("o", max_length=3))\n` },
  ],
});
