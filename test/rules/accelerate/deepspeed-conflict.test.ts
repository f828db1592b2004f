import rule from "../../../server/src/rules/accelerate/deepspeed-conflict.js";
import { ruleTest } from "../../support/ruleTest.js";

const IMPORT = "from transformers import AutoModelForCausalLM, Trainer, TrainingArguments\n";
const TRAIN = "trainer = Trainer(model=model, args=args, train_dataset=dataset)\n";
const script = (written: string, before = ""): string => `${IMPORT}${before}args = TrainingArguments("out", ${written})\n${TRAIN}`;
const zero = (stage: number, more = ""): string => `"zero_optimization": {"stage": ${stage}${more}}`;
const file = (body: string): Record<string, string> => ({ "ds.json": `{${body}}` });
const load = 'model = AutoModelForCausalLM.from_pretrained("gpt2", ⟦device_map="auto"⟧)\n';
const mapped = (order: string, config = '"ds.json"'): string => `${IMPORT}${order.replace("ARGS", `args = TrainingArguments("out", deepspeed=${config})\n`)}${TRAIN}`;
const plugin = (config: string, accelerator = ""): string =>
  `from accelerate import Accelerator, DeepSpeedPlugin\nplugin = DeepSpeedPlugin(hf_ds_config=${config})\naccelerator = Accelerator(deepspeed_plugin=plugin${accelerator})\n`;
const v4 = { transformers: "4.57.6" };
const v5 = { transformers: "5.18.0" };
const optimizer = '"optimizer": {"type": "AdamW", "params": {"lr": "auto"}}';

ruleTest(rule, {
  valid: [
    { name: "a good one", code: script('bf16=True, deepspeed="ds.json"'), files: file(zero(3)) },
    { name: "fsdp that is off", code: script('fsdp="", deepspeed="ds.json"'), files: file(zero(2)) },
    { name: "fsdp from outside", code: script('fsdp=cli.fsdp, deepspeed="ds.json"'), files: file(zero(2)) },
    { name: "no DeepSpeed", code: script('fsdp="full_shard", deepspeed=None') },
    { name: "a batch size that is searched for under stage 2", code: script('auto_find_batch_size=True, deepspeed="ds.json"'), files: file(zero(2)), versions: v4 },
    { name: "the same under a stage that nobody knows", code: script('auto_find_batch_size=True, deepspeed="ds.json"'), versions: v4 },
    { name: "the same before transformers 4.46", code: script('auto_find_batch_size=True, deepspeed="ds.json"'), files: file(zero(3)), versions: { transformers: "4.36.2" } },
    { name: "only models saved, the best not wanted", code: script('save_only_model=True, deepspeed="ds.json"'), files: file(zero(2)), versions: v4 },
    { name: "an optimizer in the file, AdamW in the arguments", code: script('optim="adamw_torch", deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`) },
    { name: "another optimizer in the arguments, none in the file", code: script('optim="adafactor", deepspeed="ds.json"'), files: file(zero(2)) },
    { name: "Adafactor by the argument that transformers 5 doesn't have", code: script('adafactor=True, deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`), versions: v5 },
    { name: "a device map under stage 2", code: mapped(`ARGS${load.replace(/[⟦⟧]/g, "")}`), files: file(zero(2)) },
    { name: "no device map", code: mapped('ARGSmodel = AutoModelForCausalLM.from_pretrained("gpt2", device_map=None)\n'), files: file(zero(3)) },
    { name: "a device map before the arguments, which another rule speaks of", code: mapped(`${load.replace(/[⟦⟧]/g, "")}ARGS`), files: file(zero(3)) },
    { name: "a device map from outside", code: mapped('ARGSmodel = AutoModelForCausalLM.from_pretrained("gpt2", device_map=cli.map if cli.map else None)\n'), files: file(zero(3)) },
    { name: "zero_optimization in a dict that isn't all known", code: script('deepspeed={"fp16": {"enabled": "auto"}, **base}') },
    { name: "the class for scripts without a Trainer needs no zero_optimization", code: 'from transformers.integrations import HfDeepSpeedConfig\nconfig = HfDeepSpeedConfig({"train_batch_size": 8})\n' },
    { name: "one precision on, one off", code: script("bf16=True, deepspeed=config", `config = {"bf16": {"enabled": True}, "fp16": {"enabled": False}, ${zero(2)}}\n`) },
    { name: "Accelerator's precision, and auto", code: plugin(`{"bf16": {"enabled": "auto"}, "fp16": {"enabled": "auto"}, ${zero(2)}}`, ', mixed_precision="bf16"') },
    { name: "offloaded parameters in stage 3", code: script('deepspeed="ds.json"'), files: file(zero(3, ', "offload_param": {"device": "cpu"}')) },
    { name: "offloading to nowhere", code: script('deepspeed="ds.json"'), files: file(zero(2, ', "offload_param": {"device": "none"}, "offload_optimizer": {"device": "cpu"}')) },
    { name: "a class of one's own", code: `import transformers\nclass TrainingArguments: ...\nargs = TrainingArguments("out", fsdp="full_shard", deepspeed={${zero(2)}})\n` },
    { name: "a device map of the command line's", code: mapped('ARGSmodel = AutoModelForCausalLM.from_pretrained("gpt2", device_map=cli.map)\n'), files: file(zero(3)) },
    { name: "a device map that a helper may leave out", code: mapped('from trl import get_kbit_device_map\nARGSmodel = AutoModelForCausalLM.from_pretrained("gpt2", device_map=get_kbit_device_map())\n'), files: file(zero(3)) },
    { name: "a device map of a parameter", code: mapped('ARGSdef load(where=None):\n    return AutoModelForCausalLM.from_pretrained("gpt2", device_map=where)\nmodel = load()\n'), files: file(zero(3)) },
    { name: "fsdp as an empty list", code: script('fsdp=[], deepspeed="ds.json"'), files: file(zero(2)) },
    { name: "only models saved, and the best from outside", code: script('save_only_model=True, load_best_model_at_end=cli.best, deepspeed="ds.json"'), files: file(zero(2)), versions: v4 },
    { name: "a batch size that may be searched for", code: script('auto_find_batch_size=cli.find, deepspeed="ds.json"'), files: file(zero(3)), versions: v4 },
    { name: "AdamW under another name", code: script('optim="adamw_torch_fused", deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`) },
    { name: "an optimizer from outside", code: script('optim=cli.optim, deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`) },
    { name: "no precision for Accelerator", code: plugin(`{"fp16": {"enabled": True}, ${zero(2)}}`, ', mixed_precision="no"') },
    { name: "Accelerator's precision from outside", code: plugin(`{"fp16": {"enabled": True}, ${zero(2)}}`, ", mixed_precision=cli.precision") },
    { name: "Accelerator without the plugin", code: `${plugin(`{"fp16": {"enabled": True}, ${zero(2)}}`)}other = Accelerator(mixed_precision="bf16")\n` },
    { name: "the same precision in both", code: plugin(`{"bf16": {"enabled": True}, ${zero(2)}}`, ', mixed_precision="bf16"') },
  ],
  invalid: [
    { name: "fsdp", code: script('⟦fsdp="full_shard"⟧, deepspeed="ds.json"'), files: file(zero(2)), findings: [{ message: "fsdp and deepspeed can't be together", severity: "error" }], unsafe: script('deepspeed="ds.json"') },
    { name: "a batch size that is searched for under stage 3", code: script('⟦auto_find_batch_size=True⟧, deepspeed="ds.json"'), files: file(zero(3)), versions: v4, findings: [{ message: "auto_find_batch_size doesn't work with ZeRO stage 3 (ds.json): raises ValueError", severity: "error", inFiles: ['"stage": 3'] }] },
    { name: "the same in an unknown version", code: script('⟦auto_find_batch_size=True⟧, deepspeed="ds.json"'), files: file(zero(3)), findings: [{ message: "from transformers 4.46 on", severity: "warning", inFiles: ['"stage": 3'] }] },
    { name: "the best model, and only models saved", code: script('load_best_model_at_end=True, eval_strategy="epoch", save_strategy="epoch", ⟦save_only_model=True⟧, deepspeed="ds.json"'), files: file(zero(2)), versions: v5, findings: [{ message: "save_only_model leaves out", severity: "error" }] },
    { name: "adafactor=True and an optimizer", code: script('⟦adafactor=True⟧, deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`), versions: v4, findings: [{ message: "adafactor=True and an optimizer in ds.json: train() raises ValueError", severity: "error", inFiles: ['"type": "AdamW"'] }] },
    { name: "the same in an unknown version", code: script('⟦adafactor=True⟧, deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`), findings: [{ message: "before transformers 5", severity: "warning", inFiles: ['"type": "AdamW"'] }] },
    { name: "Adafactor by its name and an optimizer, where that is looked at", code: script('⟦optim="adafactor"⟧, deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`), versions: v4, findings: [{ message: 'optim="adafactor" and an optimizer in ds.json: train() raises ValueError', severity: "error", inFiles: ['"type": "AdamW"'] }] },
    { name: "the same in an unknown version", code: script('⟦optim="adafactor"⟧, deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`), findings: [{ message: "in transformers 4.57 train() raises ValueError, in others", severity: "warning", inFiles: ['"type": "AdamW"'] }] },
    { name: "the same in transformers 5", code: script('⟦optim="adafactor"⟧, deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`), versions: v5, findings: [{ message: 'optim="adafactor" is ignored', severity: "warning", inFiles: ['"type": "AdamW"'] }] },
    { name: "the same before 4.57", code: script('⟦optim="adafactor"⟧, deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`), versions: { transformers: "4.56.2" }, findings: [{ message: 'optim="adafactor" is ignored', severity: "warning", inFiles: ['"type": "AdamW"'] }] },
    { name: "optim and an optimizer", code: script('⟦optim="adamw_8bit"⟧, deepspeed="ds.json"'), files: file(`${optimizer}, ${zero(2)}`), findings: [{ message: 'optim="adamw_8bit" is ignored: ds.json has an optimizer of its own', severity: "warning", inFiles: ['"type": "AdamW"'] }] },
    { name: "a device map after the arguments", code: mapped(`ARGS${load}`), files: file(zero(3)), findings: [{ message: "device_map doesn't work with ZeRO stage 3 (ds.json)", severity: "error", inFiles: ['"stage": 3'] }], unsafe: mapped('ARGSmodel = AutoModelForCausalLM.from_pretrained("gpt2")\n') },
    { name: "the same with a dict", code: mapped(`ARGS${load}`, `{${zero(3)}}`), findings: [{ message: "device_map doesn't work with ZeRO stage 3 (the dict)", severity: "error" }] },
    { name: "no zero_optimization", code: script('⟦deepspeed="ds.json"⟧'), files: { "ds.json": '{\n  "fp16": {"enabled": "auto"}\n}' }, findings: [{ message: 'ds.json has no "zero_optimization": raises ValueError when TrainingArguments is built. Write "zero_optimization": {"stage": 2}', severity: "error", inFiles: ["{"] }] },
    { name: "no zero_optimization for a plugin", code: 'from accelerate import DeepSpeedPlugin\nplugin = DeepSpeedPlugin(⟦hf_ds_config={"train_batch_size": 8}⟧)\n', findings: [{ message: 'the dict has no "zero_optimization": raises ValueError when DeepSpeedPlugin is built', severity: "error" }] },
    { name: "both precisions", code: plugin(`{"fp16": {"enabled": True}, "bf16": {⟦"enabled": True⟧}, ${zero(2)}}`), findings: [{ message: "fp16 and bf16 are both enabled in the dict", severity: "warning" }] },
    { name: "Accelerator's precision and the other one", code: plugin('"ds.json"', ', ⟦mixed_precision="bf16"⟧'), files: file(`"fp16": {"enabled": true}, ${zero(2)}`), findings: [{ message: 'mixed_precision="bf16" and fp16 enabled in ds.json: raises ValueError when Accelerator is built', severity: "error", inFiles: ['"enabled": true'] }] },
    { name: "offloaded parameters in stage 2", code: script('⟦deepspeed="ds.json"⟧'), files: file(zero(2, ', "offload_param": {"device": "cpu"}')), findings: [{ message: "offload_param needs ZeRO stage 3, and ds.json has stage 2", severity: "warning", inFiles: ['"device": "cpu"'] }] },
    { name: "the same in a dict", code: script(`deepspeed={"zero_optimization": {"stage": 1, "offload_param": {⟦"device": "cpu"⟧}}}`), findings: [{ message: "the dict has stage 1", severity: "warning" }] },
    { name: "Accelerator's half and the other one", code: plugin(`{"bf16": {"enabled": True}, ${zero(2)}}`, ', ⟦mixed_precision="fp16"⟧'), findings: [{ message: 'mixed_precision="fp16" and bf16 enabled', severity: "error" }] },
    { name: "fsdp as a list", code: script('⟦fsdp=["full_shard", "auto_wrap"]⟧, deepspeed="ds.json"'), files: file(zero(2)), findings: [{ message: "fsdp and deepspeed can't be together", severity: "error" }] },
    { name: "an optimizer of which the file has no more", code: script('⟦optim="adagrad"⟧, deepspeed="ds.json"'), files: file(`"optimizer": {"params": {"lr": "auto"}}, ${zero(2)}`), findings: [{ message: 'optim="adagrad" is ignored', severity: "warning" }] },
    { name: "parameters offloaded to a disk", code: script('⟦deepspeed="ds.json"⟧'), files: file(zero(2, ', "offload_param": {"device": "nvme"}')), findings: [{ message: "offload_param needs ZeRO stage 3", severity: "warning", inFiles: ['"device": "nvme"'] }] },
  ],
});
