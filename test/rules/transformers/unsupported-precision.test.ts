import rule from "../../../server/src/rules/transformers/unsupported-precision.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string): string => `from transformers import TrainingArguments\nTrainingArguments("out", ${args})\n`;

ruleTest(rule, {
  valid: [
    { name: "on a GPU", code: script("tf32=True") },
    { name: "off", code: script("use_cpu=True, tf32=False") },
    { name: "left to the library", code: script("use_cpu=True, tf32=None") },
    { name: "not on the CPU", code: script("use_cpu=False, tf32=True") },
    { name: "bf16 runs there", code: script("use_cpu=True, bf16=True, tf32=None") },
    { name: "by the hardware", code: script("use_cpu=not torch.cuda.is_available(), tf32=torch.cuda.is_available()") },
    { name: "by one flag", code: `from transformers import TrainingArguments\nfast, cpu = (True, False) if cli.gpu else (False, True)\nTrainingArguments("o", tf32=fast, use_cpu=cpu)\n` },
    { name: "another class", code: `import transformers\nfrom mine import TrainingArguments\nTrainingArguments(use_cpu=True, tf32=True)\n` },
    { name: "the error is caught", code: `from transformers import TrainingArguments\ntry:\n    TrainingArguments("o", use_cpu=True, tf32=True)\nexcept ValueError:\n    pass\n` },
  ],
  invalid: [
    { name: "both", code: script("use_cpu=True, ⟦tf32=True⟧"), findings: [{ severity: "warning", message: "of no use with use_cpu=True: raises ValueError" }], unsafe: script("use_cpu=True") },
    { name: "the old name", code: script("no_cuda=True, ⟦tf32=True⟧"), versions: { transformers: "4.46.3" }, findings: [{ severity: "warning", message: "no_cuda=True" }] },
    { name: "a dict", code: `from transformers import TrainingArguments\nd = {"use_cpu": True, ⟦"tf32": True⟧}\nTrainingArguments("o", **d)\n`, findings: [{ severity: "warning", message: "tf32" }] },
    { name: "SFTConfig", code: `from trl import SFTConfig\nSFTConfig("o", use_cpu=True, ⟦tf32=True⟧)\n`, findings: [{ severity: "warning", message: "SFTConfig is built" }] },
  ],
});
