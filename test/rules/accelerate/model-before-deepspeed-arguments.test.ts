import rule from "../../../server/src/rules/accelerate/model-before-deepspeed-arguments.js";
import { ruleTest } from "../../support/ruleTest.js";

const IMPORT = "from transformers import AutoModelForCausalLM, Trainer, TrainingArguments\n";
const MODEL = 'model = AutoModelForCausalLM.⟦from_pretrained⟧("gpt2")\n';
const ARGS = 'args = TrainingArguments("out", deepspeed="ds.json")\n';
const TRAIN = "trainer = Trainer(model=model, args=args, train_dataset=dataset)\n";
const plain = (code: string): string => code.replace(/[⟦⟧]/g, "");
const stage3 = { "ds.json": '{"zero_optimization": {"stage": 3}}' };
const one = [{ message: "Loaded before TrainingArguments with ZeRO stage 3 (ds.json) is built, the whole model silently lies on every process", severity: "warning", inFiles: ['"stage": 3'] }] as const;

ruleTest(rule, {
  valid: [
    { name: "the arguments first", code: plain(IMPORT + ARGS + MODEL + TRAIN), files: stage3 },
    { name: "stage 2", code: plain(IMPORT + MODEL + ARGS + TRAIN), files: { "ds.json": '{"zero_optimization": {"stage": 2}}' } },
    { name: "a stage that nobody knows", code: plain(IMPORT + MODEL + ARGS + TRAIN) },
    { name: "a stage that depends", code: plain(IMPORT + MODEL + 'args = TrainingArguments("out", deepspeed={"zero_optimization": {"stage": 3 if big else 2}})\n' + TRAIN) },
    { name: "the class for scripts without a Trainer", code: plain(`${IMPORT}from transformers.integrations import HfDeepSpeedConfig\nconfig = HfDeepSpeedConfig("ds.json")\n${MODEL}${ARGS}${TRAIN}`), files: stage3 },
    { name: "other arguments first", code: plain(`${IMPORT}${ARGS.replace("args", "early")}${MODEL}${ARGS}${TRAIN}`), files: stage3 },
    { name: "a quantised model", code: plain(IMPORT + MODEL.replace('"gpt2"', '"gpt2", quantization_config=config') + ARGS + TRAIN), files: stage3 },
    { name: "options from elsewhere", code: plain(IMPORT + MODEL.replace('"gpt2"', '"gpt2", **options') + ARGS + TRAIN), files: stage3 },
    { name: "another model", code: plain(`${IMPORT}${MODEL.replace("model", "teacher")}${ARGS}model = AutoModelForCausalLM.from_pretrained("gpt2")\n${TRAIN}`), files: stage3 },
    { name: "in functions whose order isn't known", code: plain(`${IMPORT}def load():\n    ${MODEL.replace("model =", "return")}def main():\n    ${ARGS}    model = load()\n    ${TRAIN}`), files: stage3 },
    { name: "a model by name", code: 'from trl import SFTConfig, SFTTrainer\nargs = SFTConfig("out", deepspeed="ds.json")\ntrainer = SFTTrainer(model="gpt2", args=args)\n', files: stage3 },
    { name: "zero.Init under its own name", code: plain(`${IMPORT}from deepspeed.zero import Init\nwith Init():\n    ${MODEL}${ARGS}${TRAIN}`), files: stage3 },
    { name: "told by hand", code: plain(`${IMPORT}from transformers.integrations.deepspeed import HfTrainerDeepSpeedConfig, set_hf_deepspeed_config\nset_hf_deepspeed_config(HfTrainerDeepSpeedConfig("ds.json"))\n${MODEL}${ARGS}${TRAIN}`), files: stage3 },
    { name: "a config, not a model", code: plain(`${IMPORT}${ARGS}model = load()\n${TRAIN}`), files: stage3 },
    { name: "built by its class", code: plain(`${IMPORT.replace("AutoModelForCausalLM", "GPT2Config, GPT2LMHeadModel")}model = GPT2LMHeadModel(GPT2Config())\n${ARGS}${TRAIN}`), files: stage3 },
    { name: "arguments from outside", code: plain(`${IMPORT}${MODEL}args = load()\n${TRAIN}`), files: stage3 },
  ],
  invalid: [
    { name: "the model first", code: IMPORT + MODEL + ARGS + TRAIN, files: stage3, findings: one },
    { name: "with a dict", code: `${IMPORT}${MODEL}args = TrainingArguments("out", deepspeed={"zero_optimization": {"stage": 3}})\n${TRAIN}`, findings: [{ message: "ZeRO stage 3 (the dict)", severity: "warning" }] },
    { name: "in a function, with a config of TRL", code: `from transformers import AutoModelForCausalLM\nfrom trl import SFTConfig, SFTTrainer\ndef main():\n    ${MODEL}    args = SFTConfig("out", deepspeed="ds.json")\n    trainer = SFTTrainer(model=model, args=args, train_dataset=dataset)\n`, files: stage3, findings: [{ message: "Loaded before SFTConfig", severity: "warning", inFiles: ['"stage": 3'] }] },
    { name: "under an adapter", code: `${IMPORT}from peft import LoraConfig, get_peft_model\n${MODEL}model = get_peft_model(model, LoraConfig())\n${ARGS}${TRAIN}`, files: stage3, findings: one },
  ],
});
