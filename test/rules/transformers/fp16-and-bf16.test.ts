import rule from "../../../server/src/rules/transformers/fp16-and-bf16.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string): string => `import torch\nfrom transformers import TrainingArguments\nTrainingArguments("out", ${args})\n`;
const one = (severity: "error" | "warning", message = "fp16 and bf16") => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    {
      name: "one or the other, by the same variable",
      code: `from transformers import TrainingArguments
options = {"output_dir": "out"}
if config.precision == "fp16":
    options["fp16"] = True
if config.precision == 'bf16':
    options["bf16"] = True
TrainingArguments(**options)
`,
    },
    { name: "one", code: script("bf16=True") },
    { name: "the other off", code: script("fp16=False, bf16=True") },
    { name: "by the hardware", code: script("fp16=not torch.cuda.is_bf16_supported(), bf16=torch.cuda.is_bf16_supported()") },
    { name: "one of each pair", code: script("fp16=True, bf16_full_eval=True") },
    { name: "by one flag", code: `${script("seed=1")}if cli.new:\n    half, brain = False, True\nelse:\n    half, brain = True, False\nTrainingArguments("o", fp16=half, bf16=brain)\n` },
    { name: "None", code: script("fp16=True, bf16=None") },
    { name: "another class", code: `import transformers\nfrom mine import TrainingArguments\nTrainingArguments(fp16=True, bf16=True)\n` },
    { name: "the error is caught", code: `from transformers import TrainingArguments\ntry:\n    TrainingArguments("o", fp16=True, bf16=True)\nexcept ValueError:\n    pass\n` },
    { name: "switched on afterwards: not checked again", code: `from transformers import TrainingArguments\na = TrainingArguments("o", fp16=True)\na.bf16 = True\n` },
  ],
  invalid: [
    {
      name: "two variables may both say so",
      code: `from transformers import TrainingArguments
options = {"output_dir": "out"}
if config.first == "fp16":
    options["fp16"] = True
if config.second == "bf16":
    ⟦options["bf16"] = True⟧
TrainingArguments(**options)
`,
      findings: [{ message: "fp16 and bf16", severity: "warning" }],
    },
    { name: "both", code: script("fp16=True, ⟦bf16=True⟧"), findings: one("error"), unsafe: script("bf16=True") },
    { name: "on lines of their own", code: script("\n    fp16=True,\n    ⟦bf16=True⟧,\n"), findings: one("error"), unsafe: script("\n    bf16=True,\n") },
    { name: "full evaluation", code: script("fp16_full_eval=True, ⟦bf16_full_eval=True⟧"), findings: one("error", "bf16_full_eval"), unsafe: script("bf16_full_eval=True") },
    { name: "a dict", code: `from transformers import TrainingArguments\nd = {"fp16": True, ⟦"bf16": True⟧}\nTrainingArguments("o", **d)\n`, findings: one("error"), unsafe: `from transformers import TrainingArguments\nd = {"bf16": True}\nTrainingArguments("o", **d)\n` },
    { name: "on one branch", code: `from transformers import TrainingArguments\nhalf = True if cli.old else False\nTrainingArguments("o", fp16=half, ⟦bf16=True⟧)\n`, findings: one("warning") },
    { name: "SFTConfig", code: `from trl import SFTConfig as C\nC("o", bf16=True, fp16=True)\n`.replace("bf16=True", "⟦bf16=True⟧"), findings: one("error", "when C is built"), unsafe: `from trl import SFTConfig as C\nC("o", bf16=True)\n` },
  ],
});
