import rule from "../../../server/src/rules/peft/checkpointing-without-input-grads.js";
import { ruleTest } from "../../support/ruleTest.js";

const V4 = { versions: { transformers: "4.57.6" } };
const HEAD = `from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments
model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
`;
const script = (args: string, { before = "", config = 'LoraConfig(task_type="CAUSAL_LM")', trainer = "Trainer" } = {}): string =>
  `${HEAD}${before}model = get_peft_model(model, ${config})\nargs = TrainingArguments("out", ${args})\ntrainer = ${trainer}(model=model, args=args, train_dataset=d)\ntrainer.train()\n`;

ruleTest(rule, {
  valid: [
    { name: "transformers 5", code: script("gradient_checkpointing=True"), versions: { transformers: "5.0.0" } },
    { name: "no checkpointing", code: script("gradient_checkpointing=False"), ...V4 },
    { name: "without re-entering", code: script('gradient_checkpointing=True, gradient_checkpointing_kwargs={"use_reentrant": False}'), ...V4 },
    { name: "inputs require gradients", code: script("gradient_checkpointing=True", { before: "model.enable_input_require_grads()\n" }), ...V4 },
    { name: "the model's own checkpointing", code: script("gradient_checkpointing=True", { before: "model.gradient_checkpointing_enable()\n" }), ...V4 },
    { name: "prepared", code: script("gradient_checkpointing=True", { before: "model = prepare_model_for_kbit_training(model)\n" }), ...V4 },
    { name: "a hook", code: script("gradient_checkpointing=True", { before: "model.get_input_embeddings().register_forward_hook(f)\n" }), ...V4 },
    { name: "the embeddings are trained", code: script("gradient_checkpointing=True", { config: 'LoraConfig(modules_to_save=["embed_tokens"])' }), ...V4 },
    { name: "the embeddings are targeted", code: script("gradient_checkpointing=True", { config: 'LoraConfig(target_modules=["q_proj", "embed_tokens"])' }), ...V4 },
    { name: "a trainer of trl", code: `from trl import SFTTrainer\n${script("gradient_checkpointing=True", { trainer: "SFTTrainer" })}`, ...V4 },
    { name: "no adapter", code: script("gradient_checkpointing=True").replace(/model = get_peft.*\n/, ""), ...V4 },
    { name: "from outside", code: script("gradient_checkpointing=cli.checkpointing"), ...V4 },
    { name: "a model with code from the Hub", code: script("gradient_checkpointing=True").replace('"facebook/opt-125m"', '"mine/model", trust_remote_code=True'), ...V4 },
    { name: "never trained", code: script("gradient_checkpointing=True").replace("trainer.train()\n", ""), ...V4 },
    { name: "a function from elsewhere gets the adapted model", code: `from mine import prepare\n${script("gradient_checkpointing=True").replace(/(model = get_peft.*\n)/, "$1prepare(model)\n")}`, ...V4 },
    { name: "a function from elsewhere gets the model before", code: `from mine import prepare\n${script("gradient_checkpointing=True", { before: "prepare(model)\n" })}`, ...V4 },
  ],
  invalid: [
    {
      name: "turned on by the arguments",
      code: script("⟦gradient_checkpointing=True⟧"),
      ...V4,
      findings: [{ message: "raises RuntimeError", severity: "error" }],
      fixed: script('gradient_checkpointing=True, gradient_checkpointing_kwargs={"use_reentrant": False}'),
    },
    {
      name: "version unknown",
      code: script("⟦gradient_checkpointing=True⟧", { config: 'LoraConfig(target_modules=["q_proj", "v_proj"])' }),
      findings: [{ message: "in transformers 4", severity: "warning" }],
      fixed: script('gradient_checkpointing=True, gradient_checkpointing_kwargs={"use_reentrant": False}', { config: 'LoraConfig(target_modules=["q_proj", "v_proj"])' }),
    },
    {
      name: "a model of one's own size",
      code: script("⟦gradient_checkpointing=True⟧").replace(/AutoModelForCausalLM(?! *,)\.from_pretrained\(.*?\)/, "AutoModelForCausalLM.from_config(c)"),
      ...V4,
      findings: [{ message: "raises", severity: "error" }],
      fixed: script('gradient_checkpointing=True, gradient_checkpointing_kwargs={"use_reentrant": False}').replace(/AutoModelForCausalLM(?! *,)\.from_pretrained\(.*?\)/, "AutoModelForCausalLM.from_config(c)"),
    },
    { name: "with DeepSpeed", code: script("⟦gradient_checkpointing=True⟧, deepspeed=cli.config"), ...V4, findings: [{ message: "raises", severity: "error" }] },
    { name: "a function of the script counts the parameters", code: `def count(model):\n    print(sum(p.numel() for p in model.parameters()))\n${script("⟦gradient_checkpointing=True⟧").replace(/(model = get_peft.*\n)/, "$1count(model)\n")}`, ...V4, findings: [{ message: "raises", severity: "error" }], fixed: `def count(model):\n    print(sum(p.numel() for p in model.parameters()))\n${script('gradient_checkpointing=True, gradient_checkpointing_kwargs={"use_reentrant": False}').replace(/(model = get_peft.*\n)/, "$1count(model)\n")}` },
  ],
});
