import rule from "../../../server/src/rules/trl/decimal-save-steps.js";
import { ruleTest } from "../../support/ruleTest.js";
import { py } from "../../support/script.js";

const sft = (args: string, trainer = ""): string => `from trl import SFTConfig, SFTTrainer\nargs = SFTConfig("out", ${args})\ntrainer = SFTTrainer(model, args=args${trainer})\ntrainer.train()\n`;
const old = (args: string, trainer = ""): string =>
  `from transformers import TrainingArguments\nfrom trl import SFTTrainer\nargs = TrainingArguments("out", ${args})\ntrainer = SFTTrainer(model, args=args, train_dataset=ds${trainer})\n`;
const TODAY = { trl: "1.13.0", transformers: "5.18.0" };
const one = (severity: "error" | "warning" | "hint", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "whole number", code: sft("save_steps=500") },
    { name: "whole float", code: sft("save_steps=500.0") },
    { name: "exponent", code: sft("save_steps=1e3") },
    { name: "saved by epoch", code: sft(`save_steps=0.1, save_strategy="epoch"`) },
    { name: "not saved", code: sft(`save_steps=2.5, save_strategy="no"`) },
    { name: "above 1 has a rule of its own", code: sft("save_steps=2.5") },
    { name: "unknown strategy", code: sft("save_steps=0.1, save_strategy=cfg.strategy") },
    { name: "eval_steps while evaluation is off", code: sft("eval_steps=0.1") },
    { name: "works, and the setting is auto", code: sft("save_steps=0.1"), versions: TODAY, config: { sftDecimalSaveSteps: "auto" } },
    { name: "the setting is off", code: sft("save_steps=0.1"), config: { sftDecimalSaveSteps: "off" } },
    { name: "plain Trainer", code: `import trl\nfrom transformers import Trainer, TrainingArguments\nTrainer(model, TrainingArguments("o", save_steps=0.1))\n` },
    { name: "DPOConfig", code: `from trl import DPOConfig\nDPOConfig("o", save_steps=0.1)\n` },
    { name: "own dataclass", code: `import trl\nclass SFTConfig: pass\nSFTConfig(save_steps=0.1)\n` },
    { name: "from the command line", code: `from trl import SFTConfig\nSFTConfig("o", save_steps=cli.save_steps)\n` },
    { name: "parsed", code: `from trl import SFTConfig, TrlParser\n(args,) = TrlParser(SFTConfig).parse_args_into_dataclasses()\n` },
    { name: "corrected before the training", code: sft("save_steps=0.1").replace("trainer =", "args.save_steps = 100\ntrainer =") },
    { name: "written after the training", code: `${sft("save_steps=100")}args.save_steps = 0.5\n` },
    { name: "raises for another reason", code: sft(`save_steps=0.5, eval_strategy="steps", eval_steps=100, load_best_model_at_end=True`) },
    { name: "dead branch", code: `from trl import SFTConfig\nif False:\n    SFTConfig("o", save_steps=0.1)\n` },
    { name: "trl 0.7 without packing, transformers that knows shares, auto", code: old("save_steps=0.5"), versions: { trl: "0.7.4", transformers: "4.36" }, config: { sftDecimalSaveSteps: "auto" } },
    { name: "a branch on the version", code: py`
      import transformers
      from packaging import version
      from trl import SFTConfig, SFTTrainer
      if version.parse(transformers.__version__) >= version.parse("4.53"):
          args = SFTConfig("out", save_steps=0.1)
      trainer = SFTTrainer(model, args=args)
    `, versions: { trl: "1.13.0" }, config: { sftDecimalSaveSteps: "auto" } },
  ],
  invalid: [
    { name: "versions unknown", code: sft("save_steps=⟦0.1⟧"), findings: one("warning", "Versions unknown: a whole number is always safe") },
    { name: "folded", code: sft("save_steps=⟦1/10⟧"), findings: one("warning", "save_steps=0.1") },
    { name: "known good versions", code: sft("save_steps=⟦0.1⟧"), versions: TODAY, findings: one("hint", "works in your versions") },
    { name: "an unpacked dict", code: `from trl import SFTConfig\nd = {"save_steps": ⟦0.25⟧}\nSFTConfig("o", **d)\n`, findings: one("warning", "save_steps=0.25") },
    { name: "a constant above, under an alias", code: `import trl\nSHARE = ⟦0.2⟧\nC = trl.SFTConfig\nC("o", save_steps=SHARE)\n`, findings: one("warning", "save_steps=0.2") },
    { name: "an attribute write before the training", code: sft("output_dir='o'").replace("trainer.train", "args.save_steps = ⟦0.5⟧\ntrainer.train"), findings: one("warning", "save_steps=0.5") },
    { name: "through trainer.args", code: sft("output_dir='o'").replace("trainer.train", "trainer.args.save_steps = ⟦0.5⟧\ntrainer.train"), findings: one("warning", "save_steps=0.5") },
    { name: "evaluation too", code: sft(`eval_strategy="steps", eval_steps=⟦0.1⟧`), findings: one("warning", "eval_steps=0.1") },
    { name: "transformers before ratios", code: old("save_steps=⟦0.5⟧"), versions: { trl: "0.4.2", transformers: "4.28.1" }, findings: one("error", "Before transformers 4.29") },
    { name: "packing in trl 0.7.4", code: old("save_steps=⟦0.5⟧", ", packing=True"), versions: { trl: "0.7.4", transformers: "4.36" }, findings: one("error", "share of the unpacked rows") },
    {
      name: "packing in trl 0.4.3 with max_steps",
      code: old("save_steps=⟦0.5⟧, max_steps=100", ", packing=True"),
      versions: { trl: "0.4.3", transformers: "4.30" },
      findings: one("warning", "the data may run out before max_steps"),
    },
    { name: "perhaps packing in trl 0.7.4", code: old("save_steps=⟦0.5⟧", ", packing=cfg.packing"), versions: { trl: "0.7.4", transformers: "4.36" }, findings: one("warning", "If packing is on") },
    {
      name: "a ConstantLengthDataset of the script's own in trl 0.12",
      code: old("save_steps=⟦0.5⟧").replace("train_dataset=ds", "train_dataset=ConstantLengthDataset(tok, ds)").replace("import SFTTrainer", "import SFTTrainer\nfrom trl.trainer import ConstantLengthDataset"),
      versions: { trl: "0.12.2", transformers: "4.46" },
      findings: one("error", "unpacked rows"),
    },
    { name: "trl 0.7 without packing", code: old("save_steps=⟦0.5⟧", ", packing=False"), versions: { trl: "0.7.4", transformers: "4.36" }, findings: one("hint", "works") },
  ],
});
