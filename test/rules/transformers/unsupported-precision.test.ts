import rule from "../../../server/src/rules/transformers/unsupported-precision.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string): string => `from transformers import TrainingArguments\nTrainingArguments("out", ${args})\n`;

const gpus = ["Tesla T4"];
const old = { transformers: "4.34.1", torch: "2.1.2" };
const today = { transformers: "4.57.6", torch: "2.7.1" };
const guarded = (condition: string): string => `import torch\nfrom transformers import TrainingArguments\nif ${condition}:\n    TrainingArguments("o", bf16=True, tf32=True)\nelse:\n    TrainingArguments("o", fp16=True)\n`;

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
    { name: "fp16 runs there from 4.41 on", code: script("use_cpu=True, fp16=True"), versions: { transformers: "4.41.0" } },
    { name: "for evaluation too", code: script("use_cpu=True, fp16_full_eval=True"), versions: { transformers: ">=4.41" } },
    { name: "fp16 on a GPU", code: script("fp16=True, use_cpu=False"), versions: old },
    { name: "fp16 by the flag that says where", code: `from transformers import TrainingArguments\ncpu = cli.cpu\nTrainingArguments("o", fp16=not cpu, use_cpu=cpu)\n`, versions: old },

    { name: "a GPU that has both", code: script("bf16=True, tf32=True"), gpus: ["NVIDIA A100-SXM4-80GB"] },
    { name: "a GPU of unknown name", code: script("bf16=True, tf32=True"), gpus: ["NVIDIA Graphics Device"] },
    { name: "one of two", code: script("bf16=True, tf32=True"), gpus: ["Tesla T4", "NVIDIA GeForce RTX 3090"] },
    { name: "switched off on a T4", code: script("bf16=False, tf32=False"), gpus },
    { name: "fp16 on a T4", code: script("fp16=True, fp16_full_eval=True, tf32=None"), gpus },
    { name: "from outside", code: script("bf16=cli.bf16, tf32=cli.tf32"), gpus },
    { name: "on one of two branches", code: `from transformers import TrainingArguments\nbf16 = True if cli.fast else False\nTrainingArguments("o", bf16=bf16, tf32=bf16)\n`, gpus },
    { name: "bf16 on the CPU beside a T4", code: script("bf16=True, bf16_full_eval=True, use_cpu=True"), gpus },
    { name: "by the old name, beside a T4", code: script("bf16=True, no_cuda=True"), gpus, versions: { transformers: "4.30.0" } },
    { name: "bf16, perhaps on the CPU", code: script("bf16=True, use_cpu=cli.cpu"), gpus },
    { name: "bf16, perhaps on the CPU by what is unpacked", code: script("bf16=True, **cli.options"), gpus },
    { name: "asked of torch", code: guarded("torch.cuda.is_bf16_supported()"), gpus },
    { name: "asked by the capability", code: guarded("torch.cuda.get_device_capability()[0] >= 8"), gpus },
    { name: "asked of transformers", code: `from transformers.utils import is_torch_tf32_available\n${guarded("is_torch_tf32_available()")}`, gpus },
    { name: "another class on a T4", code: `import transformers\nfrom mine import TrainingArguments\nTrainingArguments(bf16=True, tf32=True)\n`, gpus },
    { name: "the error is caught on a T4", code: `from transformers import TrainingArguments\ntry:\n    args = TrainingArguments("o", tf32=True)\nexcept ValueError:\n    args = TrainingArguments("o")\n`, gpus },
  ],
  invalid: [
    { name: "both", code: script("use_cpu=True, ⟦tf32=True⟧"), findings: [{ severity: "warning", message: "of no use with use_cpu=True: raises ValueError" }], unsafe: script("use_cpu=True") },
    { name: "the old name", code: script("no_cuda=True, ⟦tf32=True⟧"), versions: { transformers: "4.46.3" }, findings: [{ severity: "warning", message: "no_cuda=True" }] },
    { name: "a dict", code: `from transformers import TrainingArguments\nd = {"use_cpu": True, ⟦"tf32": True⟧}\nTrainingArguments("o", **d)\n`, findings: [{ severity: "warning", message: "tf32" }] },
    { name: "SFTConfig", code: `from trl import SFTConfig\nSFTConfig("o", use_cpu=True, ⟦tf32=True⟧)\n`, findings: [{ severity: "warning", message: "SFTConfig is built" }] },
    { name: "on the CPU of a machine with a T4", code: script("use_cpu=True, ⟦tf32=True⟧"), gpus, findings: [{ severity: "warning", message: "of no use with use_cpu=True" }] },

    { name: "fp16 in an old version", code: script("⟦fp16=True⟧, use_cpu=True"), versions: { transformers: "4.40.2" }, findings: [{ severity: "error", message: "fp16 doesn't go with use_cpu=True in this version" }], unsafe: script("use_cpu=True") },
    { name: "by the old name in an old version", code: script("no_cuda=True, ⟦fp16_full_eval=True⟧"), versions: old, findings: [{ severity: "error", message: "fp16_full_eval doesn't go with no_cuda=True" }] },
    { name: "fp16 in an unknown version", code: script("⟦fp16=True⟧, use_cpu=True"), findings: [{ severity: "information", message: "before transformers 4.41" }] },
    { name: "in some of the versions", code: script("⟦fp16=True⟧, use_cpu=True"), versions: { transformers: ">=4.38" }, findings: [{ severity: "information", message: "before transformers 4.41" }] },

    { name: "tf32 on a T4", code: script("⟦tf32=True⟧"), gpus, findings: [{ severity: "information", message: "raises ValueError when TrainingArguments is built on this machine, with its GPU (Tesla T4)." }], unsafe: script("").replace(", ", "") },
    { name: "tf32 on a T4, wherever it trains", code: script("use_cpu=cli.cpu, ⟦tf32=True⟧, **cli.options"), gpus, findings: [{ severity: "information", message: "with its GPU (Tesla T4)" }] },
    { name: "bf16 on a T4", code: script("⟦bf16=True⟧, use_cpu=False"), gpus, versions: today, findings: [{ severity: "information", message: "bf16 is only emulated on this machine's GPU (Tesla T4), older than Ampere: it runs, but slowly. Use fp16." }], unsafe: script("use_cpu=False") },
    { name: "bf16 on a T4, versions unknown", code: script("⟦bf16=True⟧"), gpus, findings: [{ severity: "information", message: "and raises ValueError before transformers 4.35 or torch 2.3. Use fp16." }] },
    { name: "bf16 on a T4 in an old transformers", code: script("⟦bf16=True⟧"), gpus, versions: { transformers: "4.34.1", torch: "2.7.1" }, findings: [{ severity: "information", message: "needs an Ampere or newer GPU in these versions: raises ValueError when TrainingArguments is built" }] },
    { name: "bf16 on a T4 with an old torch", code: script("⟦bf16=True⟧"), gpus, versions: { transformers: "4.46.3", torch: "2.2.2" }, findings: [{ severity: "information", message: "raises ValueError" }] },
    { name: "for evaluation on a V100", code: script("⟦bf16_full_eval=True⟧"), gpus: ["Tesla V100-SXM2-16GB", "Tesla V100-SXM2-16GB"], versions: today, findings: [{ severity: "information", message: "bf16_full_eval is only emulated on this machine's GPUs (Tesla V100-SXM2-16GB), older than Ampere: it runs, but slowly. Use fp16_full_eval." }] },
    { name: "where fp16 is slow too", code: script("⟦bf16=True⟧"), gpus: ["NVIDIA GeForce GTX 1080 Ti"], versions: today, findings: [{ severity: "information", message: "Drop bf16." }] },
    { name: "all of it in a dict, on different GPUs", code: `from trl import SFTConfig\nd = {⟦"bf16": True⟧, ⟦"tf32": True⟧}\nSFTConfig("o", **d)\n`, gpus: ["NVIDIA GeForce RTX 2080 Ti", "NVIDIA GeForce GTX 1080 Ti"], findings: [{ severity: "information", message: "GPUs (NVIDIA GeForce RTX 2080 Ti, NVIDIA GeForce GTX 1080 Ti)" }, { severity: "information", message: "SFTConfig is built" }] },
  ],
});
