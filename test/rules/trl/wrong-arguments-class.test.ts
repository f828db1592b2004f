import rule from "../../../server/src/rules/trl/wrong-arguments-class.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from transformers import TrainingArguments\nfrom trl import DPOTrainer, GRPOTrainer, SFTTrainer\n`;
const NEW = { trl: "1.13.0" };

ruleTest(rule, {
  valid: [
    { name: "the right class", code: `from trl import DPOConfig, DPOTrainer\nDPOTrainer(m, args=DPOConfig("o"))\n`, versions: NEW },
    { name: "DPO up to 0.11", code: `${HEAD}DPOTrainer(m, args=TrainingArguments("o"))\n`, versions: { trl: "0.11.4" } },
    { name: "SFT up to 0.8", code: `${HEAD}SFTTrainer(m, args=TrainingArguments("o"))\n`, versions: { trl: "0.8.6" } },
    { name: "a subclass of the script", code: `${HEAD}class Args(TrainingArguments): ...\nDPOTrainer(m, args=Args("o"))\n`, versions: NEW },
    { name: "from outside", code: `${HEAD}DPOTrainer(m, args=load())\n`, versions: NEW },
    { name: "no arguments", code: `${HEAD}GRPOTrainer(m, reward_funcs=r)\n`, versions: NEW },
    { name: "unsloth", code: `import unsloth\n${HEAD}DPOTrainer(m, args=TrainingArguments("o"))\n`, versions: NEW },
    { name: "transformers' own Trainer", code: `import trl\nfrom transformers import Trainer, TrainingArguments\nTrainer(m, TrainingArguments("o"))\n`, versions: NEW },
    { name: "two arguments, the right one passed", code: `${HEAD}from trl import DPOConfig\nother = TrainingArguments("p")\nDPOTrainer(m, args=DPOConfig("o"), callbacks=[other])\n`, versions: NEW },
    { name: "KTO up to 0.7", code: `${HEAD}from trl import KTOTrainer\nKTOTrainer(m, args=TrainingArguments("o"))\n`, versions: { trl: "0.7.11" } },
    { name: "SFT in 0.9.4, packing said on the trainer", code: `${HEAD}SFTTrainer(m, args=TrainingArguments("o"), packing=False)\n`, versions: { trl: "0.9.4" } },
  ],
  invalid: [
    {
      name: "DPO",
      code: `${HEAD}args = TrainingArguments("o", learning_rate=1e-6)\nDPOTrainer(m, ⟦args=args⟧)\n`,
      versions: NEW,
      findings: one("error", "DPOTrainer reads fields that TrainingArguments doesn't have"),
      fixed: `from transformers import TrainingArguments\nfrom trl import DPOTrainer, GRPOTrainer, SFTTrainer, DPOConfig\nargs = DPOConfig("o", learning_rate=1e-6)\nDPOTrainer(m, args=args)\n`,
    },
    { name: "DPO, version unknown", code: `${HEAD}DPOTrainer(m, ⟦args=TrainingArguments("o")⟧)\n`, findings: one("warning", "from trl 0.12 on"), fixed: `from transformers import TrainingArguments\nfrom trl import DPOTrainer, GRPOTrainer, SFTTrainer, DPOConfig\nDPOTrainer(m, args=DPOConfig("o"))\n` },
    { name: "GRPO in any version", code: `import trl\nfrom transformers import TrainingArguments\ntrl.GRPOTrainer("gpt2", r, ⟦TrainingArguments("o")⟧)\n`, findings: one("error", "GRPOConfig"), fixed: `import trl\nfrom transformers import TrainingArguments\ntrl.GRPOTrainer("gpt2", r, trl.GRPOConfig("o"))\n` },
    { name: "SFT converts", code: `${HEAD}SFTTrainer(m, ⟦args=TrainingArguments("o")⟧)\n`, versions: NEW, findings: one("information", "makes an SFTConfig of these"), unsafe: `from transformers import TrainingArguments\nfrom trl import DPOTrainer, GRPOTrainer, SFTTrainer, SFTConfig\nSFTTrainer(m, args=SFTConfig("o"))\n` },
    { name: "SFT in 0.9.4", code: `${HEAD}SFTTrainer(m, ⟦args=TrainingArguments("o")⟧)\n`, versions: { trl: "0.9.4" }, findings: one("error", "in trl 0.9.3 and 0.9.4") },
    { name: "arguments for two trainers", code: `${HEAD}from transformers import Trainer\nargs = TrainingArguments("o")\nTrainer(m, args)\nDPOTrainer(m, ⟦args=args⟧)\n`, versions: NEW, findings: one("error", "DPOTrainer reads fields") },
    { name: "options that only the other class has", code: `from transformers import Seq2SeqTrainingArguments\nfrom trl import DPOTrainer\nDPOTrainer(m, ⟦args=Seq2SeqTrainingArguments("o", predict_with_generate=True)⟧)\n`, versions: NEW, findings: one("error", "DPOTrainer reads fields") },
    { name: "KTO, version unknown", code: `${HEAD}from trl import KTOTrainer\nKTOTrainer(m, ⟦args=TrainingArguments("o")⟧)\n`, findings: one("warning", "raises an error from trl 0.8 on"), fixed: `from transformers import TrainingArguments\nfrom trl import DPOTrainer, GRPOTrainer, SFTTrainer, KTOConfig\nfrom trl import KTOTrainer\nKTOTrainer(m, args=KTOConfig("o"))\n` },
  ],
});
