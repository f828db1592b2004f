import rule from "../../../server/src/rules/transformers/argument-on-wrong-class.js";
import { ruleTest } from "../../support/ruleTest.js";
import { py } from "../../support/script.js";

const HEAD = "from transformers import Trainer, TrainingArguments\n";
const error = (message: string) => [{ message, severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "each where it belongs", code: `${HEAD}a = TrainingArguments("o", fp16=True)\nTrainer(m, a, compute_metrics=f)\n` },
    { name: "belongs to neither", code: `${HEAD}Trainer(m, zzz=1)\n` },
    { name: "moved to a config: another rule", code: `from trl import SFTTrainer\nSFTTrainer(m, packing=True)\n`, versions: { trl: "0.19.1" } },
    { name: "an open splat", code: `${HEAD}Trainer(m, **options)\n` },
    { name: "a trainer of the script's own", code: `${HEAD}class T(Trainer):\n    def __init__(self, *a, fp16=False, **k): ...\nT(m, fp16=True)\n` },
    { name: "another library's trainer", code: `import transformers\nfrom lightning import Trainer\nTrainer(gradient_checkpointing=True)\n` },
    { name: "caught", code: `${HEAD}try:\n    Trainer(m, fp16=True)\nexcept TypeError:\n    pass\n` },
  ],
  invalid: [
    { name: "a training argument on the Trainer", code: `${HEAD}a = TrainingArguments("o")\nTrainer(m, a, ⟦fp16⟧=True, train_dataset=d)\n`, findings: error("fp16 is an argument of TrainingArguments, not of Trainer"), fixed: `${HEAD}a = TrainingArguments("o", fp16=True)\nTrainer(m, a, train_dataset=d)\n` },
    {
      name: "in its own lines",
      code: py`
        from transformers import Trainer, TrainingArguments
        args = TrainingArguments(
            "o",
            seed=1,
        )
        trainer = Trainer(
            model=m,
            args=args,
            ⟦gradient_checkpointing⟧=True,
        )
      `,
      findings: error("gradient_checkpointing"),
      fixed: py`
        from transformers import Trainer, TrainingArguments
        args = TrainingArguments(
            "o",
            seed=1,
            gradient_checkpointing=True,
        )
        trainer = Trainer(
            model=m,
            args=args,
        )
      `,
    },
    { name: "without arguments", code: `from transformers import Trainer\nTrainer(m, ⟦fp16⟧=True)\n`, versions: { transformers: "5.18.0" }, findings: error("fp16"), unsafe: `from transformers import Trainer, TrainingArguments\nTrainer(m, args=TrainingArguments(fp16=True))\n` },
    { name: "arguments that can't be seen", code: `from transformers import Trainer\nTrainer(m, cli.args, ⟦fp16⟧=True)\n`, findings: error("fp16") },
    { name: "a Trainer's argument on the arguments", code: `${HEAD}a = TrainingArguments("o", ⟦compute_metrics⟧=f)\nTrainer(m, a, train_dataset=d)\n`, findings: error("compute_metrics is an argument of Trainer"), fixed: `${HEAD}a = TrainingArguments("o")\nTrainer(m, a, train_dataset=d, compute_metrics=f)\n` },
    { name: "a config field on TRL's trainer", code: `from trl import SFTConfig, SFTTrainer\na = SFTConfig("o")\nSFTTrainer(m, a, ⟦learning_rate⟧=1e-4)\n`, findings: error("argument of SFTConfig, not of SFTTrainer"), fixed: `from trl import SFTConfig, SFTTrainer\na = SFTConfig("o", learning_rate=1e-4)\nSFTTrainer(m, a)\n` },
  ],
});
