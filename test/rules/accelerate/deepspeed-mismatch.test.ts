import rule from "../../../server/src/rules/accelerate/deepspeed-mismatch.js";
import { ruleTest } from "../../support/ruleTest.js";

const IMPORT = "from transformers import Trainer, TrainingArguments\n";
const TRAIN = "trainer = Trainer(model=model, args=args, train_dataset=dataset)\ntrainer.train()\n";
/** A Trainer whose arguments are these, with what comes before them. */
const script = (written: string, before = ""): string => `${IMPORT}${before}args = TrainingArguments("out", ${written})\n${TRAIN}`;
const zero = '"zero_optimization": {"stage": 2}';
const file = (body: string): Record<string, string> => ({ "ds.json": `{${body}, ${zero}}` });
const one = (message: string, inFile?: string) => [{ message, severity: "error" as const, ...(inFile !== undefined && { inFiles: [inFile] }) }];

ruleTest(rule, {
  valid: [
    { name: "auto everywhere", code: script('learning_rate=2e-5, bf16=True, deepspeed="ds.json"'), files: file('"train_micro_batch_size_per_gpu": "auto", "optimizer": {"type": "AdamW", "params": {"lr": "auto", "betas": "auto"}}, "bf16": {"enabled": "auto"}') },
    { name: "nothing to compare", code: script('learning_rate=2e-5, deepspeed="ds.json"'), files: file('"optimizer": {"type": "AdamW", "params": {"torch_adam": true}}') },
    { name: "equal", code: script('gradient_accumulation_steps=4, deepspeed="ds.json"'), files: file('"gradient_accumulation_steps": 4') },
    { name: "equal as another type", code: script('max_grad_norm=1, learning_rate=2e-5, deepspeed="ds.json"'), files: file('"gradient_clipping": 1.0, "optimizer": {"type": "AdamW", "params": {"lr": 0.00002}}') },
    { name: "the defaults", code: script('deepspeed="ds.json"'), files: file('"train_micro_batch_size_per_gpu": 8, "gradient_accumulation_steps": 1, "gradient_clipping": 1, "optimizer": {"type": "AdamW", "params": {"lr": 5e-5, "betas": [0.9, 0.999], "eps": 1e-8, "weight_decay": 0}}, "fp16": {"enabled": false}') },
    { name: "null is not compared", code: script('deepspeed="ds.json"'), files: file('"gradient_clipping": null') },
    { name: "nobody has read the file", code: script('gradient_accumulation_steps=4, deepspeed="ds.json"') },
    { name: "from outside", code: script('gradient_accumulation_steps=cli.steps, deepspeed="ds.json"'), files: file('"gradient_accumulation_steps": 4') },
    { name: "one of two", code: script('gradient_accumulation_steps=4 if big else 2, deepspeed="ds.json"'), files: file('"gradient_accumulation_steps": 4') },
    { name: "an unknown dict may bring it", code: script('deepspeed="ds.json", **options'), files: file('"gradient_accumulation_steps": 4') },
    { name: "a default of a class that has its own", code: 'from trl import SFTConfig, SFTTrainer\nargs = SFTConfig("out", deepspeed="ds.json")\ntrainer = SFTTrainer(model=model, args=args)\ntrainer.train()\n', files: file('"optimizer": {"type": "AdamW", "params": {"lr": 2e-5}}, "bf16": {"enabled": true}') },
    { name: "the whole batch is a multiple", code: script('per_device_train_batch_size=4, gradient_accumulation_steps=2, deepspeed="ds.json"'), files: file('"train_batch_size": 64') },
    { name: "the batch size is searched for", code: script('auto_find_batch_size=True, deepspeed="ds.json"'), files: file('"train_micro_batch_size_per_gpu": 4, "train_batch_size": 9') },
    { name: "warm-up that is a share", code: script('warmup_ratio=0.1, deepspeed="ds.json"'), files: file('"scheduler": {"type": "WarmupLR", "params": {"warmup_num_steps": 100}}') },
    { name: "warm-up from nothing is never compared", code: script('deepspeed="ds.json"'), files: file('"scheduler": {"type": "WarmupLR", "params": {"warmup_min_lr": 1e-6}}') },
    { name: "as many steps", code: script('max_steps=500, warmup_steps=50, deepspeed="ds.json"'), files: file('"scheduler": {"type": "WarmupDecayLR", "params": {"total_num_steps": 500, "warmup_num_steps": 50}}') },
    { name: "half precision for the evaluation only", code: script('bf16_full_eval=True, deepspeed="ds.json"'), files: file('"bf16": {"enabled": true}') },
    { name: "an open dict", code: script('deepspeed={"gradient_accumulation_steps": steps, **base}') },
    { name: "a dict that was changed since", code: script("gradient_accumulation_steps=4, deepspeed=config", `config = {"gradient_accumulation_steps": 2, ${zero}}\nconfig["gradient_accumulation_steps"] = 4\n`) },
    { name: "another file", code: script('gradient_accumulation_steps=8, deepspeed="other.json"'), files: file('"gradient_accumulation_steps": 4') },
    { name: "a plugin of Accelerate fills in and compares nothing here", code: 'from accelerate import Accelerator, DeepSpeedPlugin\nplugin = DeepSpeedPlugin(hf_ds_config="ds.json")\naccelerator = Accelerator(deepspeed_plugin=plugin)\n', files: file('"gradient_accumulation_steps": 4') },
    { name: "Accelerator and plugin agree", code: 'from accelerate import Accelerator, DeepSpeedPlugin\nplugin = DeepSpeedPlugin(hf_ds_config="ds.json")\naccelerator = Accelerator(deepspeed_plugin=plugin, gradient_accumulation_steps=4)\n', files: file('"gradient_accumulation_steps": 4') },
    { name: "a class of one's own", code: `import transformers\nclass TrainingArguments: ...\nargs = TrainingArguments("out", gradient_accumulation_steps=4, deepspeed={"gradient_accumulation_steps": 2, ${zero}})\n` },
  ],
  invalid: [
    { name: "accumulation in a file", code: script('⟦gradient_accumulation_steps=8⟧, deepspeed="ds.json"'), files: file('"gradient_accumulation_steps": 4'), findings: one('gradient_accumulation_steps is 4 in ds.json, but gradient_accumulation_steps is 8: train() raises ValueError. Write "auto" there.', '"gradient_accumulation_steps": 4') },
    { name: "a default", code: script('⟦deepspeed="ds.json"⟧'), files: file('"train_micro_batch_size_per_gpu": 4'), findings: one("per_device_train_batch_size is 8 (the default)", '"train_micro_batch_size_per_gpu": 4') },
    { name: "a learning rate", code: script('⟦learning_rate=2e-5⟧, deepspeed="ds.json"'), files: file('"optimizer": {"type": "AdamW", "params": {"lr": 3e-5}}'), findings: one("optimizer.params.lr is 0.00003 in ds.json, but learning_rate is 0.00002", '"lr": 3e-5') },
    { name: "a number as text", code: script('⟦learning_rate=2e-5⟧, deepspeed="ds.json"'), files: file('"optimizer": {"type": "AdamW", "params": {"lr": "2e-5"}}'), findings: one('optimizer.params.lr is "2e-5" in ds.json', '"lr": "2e-5"') },
    { name: "betas", code: script('⟦adam_beta2=0.95⟧, deepspeed="ds.json"'), files: file('"optimizer": {"type": "AdamW", "params": {"betas": [0.9, 0.999]}}'), findings: one("optimizer.params.betas is [0.9,0.999] in ds.json, but adam_beta1 and adam_beta2 are [0.9,0.95]", '"betas": [0.9, 0.999]') },
    { name: "precision that the arguments don't have", code: script('⟦deepspeed="ds.json"⟧'), files: file('"fp16": {"enabled": true}'), findings: one("fp16.enabled is true in ds.json, but fp16 is False (the default)", '"enabled": true') },
    { name: "precision that the file hasn't", code: script('⟦bf16=True⟧, deepspeed="ds.json"'), files: file('"bf16": {"enabled": false}'), findings: one("bf16.enabled is false in ds.json, but bf16 is True", '"enabled": false') },
    { name: "a whole batch that no number of GPUs makes", code: script('⟦per_device_train_batch_size=4⟧, gradient_accumulation_steps=4, deepspeed="ds.json"'), files: file('"train_batch_size": 24'), findings: one("train_batch_size is 24 in ds.json, but the arguments make 4 × 4 per GPU", '"train_batch_size": 24') },
    { name: "clipping", code: script('⟦max_grad_norm=0.5⟧, deepspeed="ds.json"'), files: file('"gradient_clipping": 1.0'), findings: one("gradient_clipping is 1 in ds.json, but max_grad_norm is 0.5", '"gradient_clipping": 1.0') },
    { name: "steps", code: script('⟦max_steps=400⟧, deepspeed="ds.json"'), files: file('"scheduler": {"type": "WarmupDecayLR", "params": {"total_num_steps": 500}}'), findings: one("scheduler.params.total_num_steps is 500", '"total_num_steps": 500') },
    { name: "warm-up", code: script('⟦warmup_steps=10⟧, deepspeed="ds.json"'), files: file('"scheduler": {"type": "WarmupLR", "params": {"warmup_num_steps": 100}}'), findings: one("scheduler.params.warmup_num_steps is 100", '"warmup_num_steps": 100') },
    {
      name: "a dict, written in the call",
      code: script(`gradient_accumulation_steps=8, deepspeed={⟦"gradient_accumulation_steps": 4⟧, ${zero}}`),
      findings: one("gradient_accumulation_steps is 4 in the dict, but gradient_accumulation_steps is 8"),
      fixed: script(`gradient_accumulation_steps=8, deepspeed={"gradient_accumulation_steps": "auto", ${zero}}`),
    },
    {
      name: "a dict of its own, one inside the other",
      code: script("deepspeed=config", `config = {"bf16": {⟦"enabled": True⟧}, ${zero}}\n`),
      findings: one("bf16.enabled is True in the dict, but bf16 is False (the default)"),
      fixed: script("deepspeed=config", `config = {"bf16": {"enabled": "auto"}, ${zero}}\n`),
    },
    { name: "a config of TRL, an argument that is written", code: 'from trl import SFTConfig, SFTTrainer\nargs = SFTConfig("out", ⟦learning_rate=1e-4⟧, deepspeed="ds.json")\ntrainer = SFTTrainer(model=model, args=args)\ntrainer.train()\n', files: file('"optimizer": {"type": "AdamW", "params": {"lr": 2e-5}}'), findings: one("learning_rate is 0.0001", '"lr": 2e-5') },
    { name: "nobody takes the arguments", code: `${IMPORT}args = TrainingArguments("out", ⟦gradient_accumulation_steps=8⟧, deepspeed="ds.json")\n`, files: file('"gradient_accumulation_steps": 4'), findings: [{ message: "gradient_accumulation_steps is 4", severity: "warning", inFiles: ['"gradient_accumulation_steps": 4'] }] },
    { name: "Accelerator and plugin differ", code: 'from accelerate import Accelerator, DeepSpeedPlugin\nplugin = DeepSpeedPlugin(hf_ds_config="ds.json")\naccelerator = Accelerator(deepspeed_plugin=plugin, ⟦gradient_accumulation_steps=8⟧)\n', files: file('"gradient_accumulation_steps": 4'), findings: [{ message: "gradient_accumulation_steps is 4 in ds.json, but it is 8 in Accelerator, which is ignored. Make the two equal.", severity: "warning", inFiles: ['"gradient_accumulation_steps": 4'] }] },
  ],
});
