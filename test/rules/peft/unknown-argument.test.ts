import rule from "../../../server/src/rules/peft/unknown-argument.js";
import { ruleTest } from "../../support/ruleTest.js";

/** One dict for two kinds of adapter, as command-line tools make it. @param first, second what the two calls stand in. */
const kinds = (first: string, second: string): string => `from peft import LoraConfig, OFTConfig
def adapter(kind, wide):
    if kind == "lora":
        options = {"r": 8, "lora_alpha": 16}
    elif kind == "oft":
        options = {"r": 8, "oft_block_size": 4}
    ${first}
        config = LoraConfig(**options)
    ${second}
        config = OFTConfig(**options)
    return config
`;

const lora = (written: string): string => `from peft import LoraConfig\nconfig = LoraConfig(r=8, ${written})\n`;

ruleTest(rule, {
  valid: [
    { name: "known", code: lora(`lora_alpha=16, lora_dropout=0.1, target_modules="all-linear", task_type="CAUSAL_LM", bias="none"`) },
    { name: "new, version unknown", code: lora("use_dora=True") },
    { name: "a base's field", code: lora("inference_mode=True, peft_type='LORA'") },
    { name: "an open splat", code: lora("**options") },
    { name: "a class of the same name", code: "import peft\nclass LoraConfig:\n    def __init__(self, **k): ...\nLoraConfig(alpha=1)\n" },
    { name: "get_peft_model", code: "from peft import get_peft_model\nget_peft_model(m, c, adapter_name='a')\n" },
    { name: "a dict by the kind of adapter", code: kinds(`if kind == "lora":`, `elif kind == "oft":`) },
    { name: "the same, by something that may be what decides", code: kinds("if wide:", "else:") },
    { name: "the same, asked the other way round", code: kinds(`if kind != "oft":`, "else:") },
    {
      name: "the same, after a guard",
      code: `from peft import LoraConfig
def adapter(kind):
    if kind == "lora":
        options = {"lora_alpha": 16}
    else:
        options = {"oft_block_size": 4}
    if kind != "lora":
        raise ValueError(kind)
    return LoraConfig(**options)
`,
    },
    {
      name: "a key that another call with the same dict takes",
      code: `from peft import LoraConfig, OFTConfig
def adapter(kind, wide):
    options = {"r": 8}
    if wide:
        options["lora_alpha"] = 32
    return LoraConfig(**options) if kind == "lora" else OFTConfig(**options)
`,
    },
    { name: "sometimes there, and not yet", code: `from peft import LoraConfig\noptions = {}\nif cli.dora:\n    options["use_dora"] = True\nLoraConfig(**options)\n`, versions: { peft: "0.7.1" } },
  ],
  invalid: [
    { name: "sometimes there, for one call only", code: `from peft import OFTConfig\noptions = {}\nif cli.wide:\n    ⟦options["lora_alpha"]⟧ = 32\nOFTConfig(**options)\n`, findings: [{ message: "OFTConfig has no argument lora_alpha", severity: "warning" }] },
    { name: "misspelled", code: lora("⟦lora_dropuot⟧=0.1"), findings: [{ message: "Did you mean lora_dropout?", severity: "error" }], fixed: lora("lora_dropout=0.1") },
    { name: "borrowed", code: lora("⟦zzz⟧=16"), findings: [{ message: "LoraConfig has no argument zzz", severity: "error" }] },
    { name: "not yet there", code: lora("⟦use_dora⟧=True"), versions: { peft: "0.7.1" }, findings: [{ message: "only from peft 0.9", severity: "error" }] },
  ],
});
