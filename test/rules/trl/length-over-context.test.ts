import rule from "../../../server/src/rules/trl/length-over-context.js";
import { ruleTest } from "../../support/ruleTest.js";

const sft = (args: string, model = '"gpt2"', trainer = ""): string => `from transformers import AutoModelForCausalLM\nfrom trl import SFTConfig, SFTTrainer\nargs = SFTConfig("o", ${args})\nSFTTrainer(${model}, args=args, train_dataset=d${trainer})\n`;
const load = (written: string): string => `AutoModelForCausalLM.from_pretrained(${written})`;

ruleTest(rule, {
  valid: [
    { name: "as long as the context", code: sft("max_length=1024") },
    { name: "no limit", code: sft("max_length=None") },
    { name: "from the command line", code: sft("max_length=cli.length") },
    { name: "a model that isn't known", code: sft("max_length=8192", '"mine/model"') },
    { name: "a known model without a limit in the table", code: sft("max_length=8192", '"Qwen/Qwen2.5-0.5B"') },
    { name: "a longer context", code: sft("max_length=2048", load('"facebook/opt-125m"')) },
    { name: "scaled positions", code: sft("max_length=8192", load('"meta-llama/Llama-2-7b-hf", rope_scaling={"type": "linear", "factor": 2.0}')) },
    { name: "a config of one's own", code: sft("max_length=2048", load('"gpt2", config=config')) },
    { name: "a model from outside", code: sft("max_length=2048", load("cli.model")) },
    { name: "a longer table of positions", code: `${sft("max_length=2048", load('"gpt2", n_positions=2048'))}` },
    { name: "max_length of generate()", code: 'from trl import SFTConfig, SFTTrainer\nfrom transformers import AutoModelForCausalLM\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")\nSFTTrainer(model, SFTConfig("o"))\nmodel.generate(max_length=2048)\n' },
    { name: "an open splat", code: sft("**options") },
    { name: "another revision", code: sft("max_length=2048", load('"gpt2", revision="long"')) },
    { name: "perhaps a config in the splat", code: sft("max_length=2048", load('"gpt2", **options')) },
    { name: "built from a config", code: sft("max_length=2048", "AutoModelForCausalLM.from_config(config)") },
    { name: "on one of two ways", code: sft("max_length=2048 if cli.long else 512") },
    { name: "a model of the script's own class", code: `class Model:\n    @classmethod\n    def from_pretrained(cls, name): ...\n${sft("max_length=2048", 'Model.from_pretrained("gpt2")')}` },
    { name: "stretched in its config", code: `from transformers import AutoConfig\nAutoConfig.from_pretrained("gpt2", max_position_embeddings=2048)\n${sft("max_length=2048")}` },
  ],
  invalid: [
    { name: "by name", code: sft("⟦max_length=2048⟧"), findings: [{ message: "gpt2 takes 1024 tokens, and max_length=2048 lets longer rows through", severity: "warning" }], unsafe: sft("max_length=1024") },
    { name: "loaded", code: sft("⟦max_length=4096⟧", load('"facebook/opt-125m", torch_dtype="auto"')), findings: [{ message: "Set max_length=2048.", severity: "warning" }] },
    { name: "a name in a constant, adapted", code: `from peft import LoraConfig, get_peft_model\nNAME = "openai-community/gpt2-medium"\n${sft("⟦max_seq_length=2048⟧", "get_peft_model(AutoModelForCausalLM.from_pretrained(NAME), LoraConfig())")}`, findings: [{ message: "Set max_seq_length=1024.", severity: "warning" }] },
    { name: "on the trainer", code: 'from trl import SFTTrainer\nSFTTrainer("gpt2", train_dataset=d, ⟦max_seq_length=2048⟧)\n', versions: { trl: "0.8.6" }, findings: [{ message: "max_seq_length=2048", severity: "warning" }] },
    { name: "DPO", code: 'from trl import DPOConfig, DPOTrainer\nDPOTrainer("meta-llama/Llama-2-7b-hf", args=DPOConfig("o", ⟦max_length=8192⟧))\n', findings: [{ message: "takes 4096 tokens", severity: "warning" }] },
    { name: "a product", code: sft("⟦max_length=2 * 1024⟧"), findings: [{ message: "max_length=2048", severity: "warning" }] },
    { name: "KTO", code: 'from trl import KTOConfig, KTOTrainer\nKTOTrainer("gpt2", args=KTOConfig("o", ⟦max_length=2048⟧))\n', findings: [{ message: "gpt2 takes 1024 tokens", severity: "warning" }] },
    { name: "a reward model", code: 'from trl import RewardConfig, RewardTrainer\nRewardTrainer("gpt2", args=RewardConfig("o", ⟦max_length=2048⟧))\n', findings: [{ message: "gpt2 takes 1024 tokens", severity: "warning" }] },
  ],
});
