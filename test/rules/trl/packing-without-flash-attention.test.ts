import rule from "../../../server/src/rules/trl/packing-without-flash-attention.js";
import { ruleTest } from "../../support/ruleTest.js";

const OLD = { versions: { trl: "0.21.0" } };
const script = (written: string, model = '"gpt2"'): string =>
  `from transformers import AutoModelForCausalLM\nfrom trl import SFTConfig, SFTTrainer\nargs = SFTConfig("o", ${written})\ntrainer = SFTTrainer(${model}, args=args, train_dataset=d)\n`;
const load = (written = ""): string => `AutoModelForCausalLM.from_pretrained("gpt2"${written})`;

ruleTest(rule, {
  valid: [
    { name: "no packing", code: script("packing=False"), ...OLD },
    { name: "before 0.19", code: script("packing=True"), versions: { trl: "0.15.2" } },
    { name: "the default attention from 0.24 on: transformers keeps the examples apart", code: script("packing=True"), versions: { trl: "1.13.0" } },
    { name: "the same, loaded", code: script("packing=True", load()), versions: { trl: "0.24.0" } },
    { name: "flash attention", code: script("packing=True", load(', attn_implementation="flash_attention_2"')), ...OLD },
    { name: "attention from outside", code: script("packing=True", load(", attn_implementation=cli.attention")), ...OLD },
    { name: "a config of one's own", code: script("packing=True", load(", config=config")), ...OLD },
    { name: "perhaps in the splat", code: script("packing=True", load(", **options")), ...OLD },
    { name: "by the config's options", code: script('packing=True, model_init_kwargs={"attn_implementation": "flash_attention_2"}'), ...OLD },
    { name: "wrapped", code: script('packing=True, packing_strategy="wrapped"'), ...OLD },
    { name: "a model that isn't seen", code: script("packing=True", "load()"), ...OLD },
    { name: "set later", code: script("packing=True", "m").replace("args =", `m = ${load()}\nm.set_attn_implementation("flash_attention_2")\nargs =`), ...OLD },
    { name: "a strategy from outside", code: script("packing=True, packing_strategy=cli.strategy"), ...OLD },
    { name: "no length, which raises", code: script("packing=True, max_length=None"), ...OLD },
    { name: "set in the config's own field", code: script("packing=True", "m").replace("args =", `m = ${load()}\nm.config._attn_implementation = "flash_attention_2"\nargs =`), ...OLD },
    { name: "the old flag", code: script("packing=True", load(", use_flash_attention_2=True")), ...OLD },
    { name: "options from outside", code: script("packing=True, model_init_kwargs=options"), ...OLD },
    { name: "perhaps in the options", code: script('packing=True, model_init_kwargs={"torch_dtype": "auto", **more}'), ...OLD },
    { name: "a config in the options", code: script('packing=True, model_init_kwargs={"config": config}'), ...OLD },
    { name: "an adapter on a model with flash attention", code: `from peft import get_peft_model\n${script("packing=True", `get_peft_model(${load(', attn_implementation="flash_attention_2"')}, c)`)}`, ...OLD },
    { name: "built from a config", code: script("packing=True", "AutoModelForCausalLM.from_config(config)"), ...OLD },
    { name: "a class of its own", code: script("packing=True", 'GPT2LMHeadModel.from_pretrained("gpt2")').replace("import AutoModelForCausalLM", "import GPT2LMHeadModel"), ...OLD },
    { name: "arguments of a class of one's own", code: script("packing=True").replace("args = SFTConfig(", "class Mine(SFTConfig):\n    def __post_init__(self):\n        self.packing_strategy = \"wrapped\"\nargs = Mine("), ...OLD },
  ],
  invalid: [
    { name: "by name", code: script("⟦packing=True⟧"), ...OLD, findings: [{ message: "see each other", severity: "warning" }] },
    { name: "loaded", code: script("⟦packing=True⟧", load()), ...OLD, findings: [{ message: "see each other", severity: "warning" }], unsafe: script("packing=True", load(', attn_implementation="flash_attention_2"')) },
    { name: "version unknown", code: script("⟦packing=True⟧"), findings: [{ message: "In trl 0.19 to 0.23", severity: "information" }] },
    { name: "bfd by name, other options", code: script('⟦packing=True⟧, packing_strategy="bfd", model_init_kwargs={"torch_dtype": "auto"}'), ...OLD, findings: [{ message: "see each other", severity: "warning" }] },
    { name: "adapted", code: `from peft import LoraConfig, get_peft_model\n${script("⟦packing=True⟧", `get_peft_model(${load()}, LoraConfig())`)}`, ...OLD, findings: [{ message: "see each other", severity: "warning" }] },
    { name: "the last one", code: script("⟦packing=True⟧"), versions: { trl: "0.23.1" }, findings: [{ message: "upgrade trl", severity: "warning" }] },
    { name: "perhaps before 0.24", code: script("⟦packing=True⟧"), versions: { trl: ">=0.21" }, findings: [{ message: "In trl 0.19 to 0.23", severity: "information" }] },
  ],
});
