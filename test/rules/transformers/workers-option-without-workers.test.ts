import rule from "../../../server/src/rules/transformers/workers-option-without-workers.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import Trainer, TrainingArguments\nargs = TrainingArguments("out", ${args})\n${after}Trainer(model=m, args=args)\n`;
const one = (message: string) => [{ message, severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "with workers", code: script("dataloader_prefetch_factor=2, dataloader_num_workers=2") },
    { name: "None", code: script("dataloader_prefetch_factor=None") },
    { name: "unknown workers", code: script("dataloader_prefetch_factor=2, dataloader_num_workers=os.cpu_count()") },
    { name: "an open splat may bring them", code: script("dataloader_prefetch_factor=2, **more") },
    { name: "persistent with workers", code: script("dataloader_persistent_workers=True, dataloader_num_workers=2") },
    { name: "persistent, workers written later", code: script("dataloader_persistent_workers=True", "args.dataloader_num_workers = 2\n") },
    { name: "persistent=False", code: script("dataloader_persistent_workers=False") },
    { name: "workers on the same flag", code: script("dataloader_prefetch_factor=2 if cli.w else None, dataloader_num_workers=4 if cli.w else 0") },
    { name: "before 4.38 the argument itself fails", code: script("dataloader_prefetch_factor=2"), versions: { transformers: "4.36.2" } },
    { name: "torch's own loader", code: `import transformers\nfrom torch.utils.data import DataLoader\nDataLoader(d, prefetch_factor=2)\n# dataloader_prefetch_factor\n` },
  ],
  invalid: [
    { name: "prefetch", code: script("⟦dataloader_prefetch_factor=2⟧"), findings: one("dataloader_num_workers is not set (0): raises ValueError"), unsafe: script("dataloader_prefetch_factor=2, dataloader_num_workers=4") },
    { name: "no workers wanted", code: script("⟦dataloader_prefetch_factor=2⟧, dataloader_num_workers=0"), findings: one("dataloader_num_workers is 0"), unsafe: script("dataloader_num_workers=0") },
    { name: "prefetch, workers written too late", code: script("⟦dataloader_prefetch_factor=2⟧", "args.dataloader_num_workers = 2\n"), findings: one("when TrainingArguments is built") },
    { name: "persistent", code: script("⟦dataloader_persistent_workers=True⟧"), findings: one("at the first batch"), unsafe: script("dataloader_persistent_workers=True, dataloader_num_workers=4") },
    { name: "a dict", code: `from transformers import Trainer, TrainingArguments\nd = dict(⟦dataloader_persistent_workers=True⟧)\nTrainer(m, TrainingArguments("o", **d))\n`, findings: one("persistent") },
  ],
});
