import rule from "../../../server/src/rules/trl/reference-model-conflict.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from peft import LoraConfig\nfrom transformers import AutoModelForCausalLM\nfrom trl import DPOConfig, DPOTrainer\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")\nother = AutoModelForCausalLM.from_pretrained("gpt2")\n`;
const NEW = { trl: "1.13.0" };
const OLD = { trl: "0.15.2" };

ruleTest(rule, {
  valid: [
    { name: "two models", code: `${HEAD}DPOTrainer(model, other, args=DPOConfig("o"))\n`, versions: NEW },
    { name: "none", code: `${HEAD}DPOTrainer(model, ref_model=None, peft_config=LoraConfig())\n`, versions: OLD },
    { name: "before 0.11", code: `${HEAD}DPOTrainer(model, ref_model=model)\n`, versions: { trl: "0.9.6" } },
    { name: "with peft from 0.28", code: `${HEAD}DPOTrainer(model, ref_model=other, peft_config=LoraConfig())\n`, versions: NEW },
    { name: "forced", code: `${HEAD}DPOTrainer(model, ref_model=other, args=DPOConfig("o", force_use_ref_model=True), peft_config=LoraConfig())\n`, versions: OLD },
    { name: "perhaps none", code: `${HEAD}DPOTrainer(model, ref_model=other if cli.ref else None, peft_config=LoraConfig())\n`, versions: OLD },
    { name: "a parameter", code: `${HEAD}def run(reference=None):\n    DPOTrainer(model, ref_model=reference, peft_config=LoraConfig())\n`, versions: OLD },
    { name: "a copy", code: `${HEAD}import copy\nDPOTrainer(model, copy.deepcopy(model), args=DPOConfig("o"))\n`, versions: NEW },
    { name: "a frozen copy, and a config that may be None", code: `${HEAD}from trl import create_reference_model, get_peft_config\nDPOTrainer(model, create_reference_model(model), peft_config=get_peft_config(cli))\n`, versions: OLD },
    { name: "an adapter from the command line", code: `${HEAD}DPOTrainer(model, ref_model=other, peft_config=cli.peft_config)\n`, versions: OLD },
    { name: "a reference and no config", code: `${HEAD}DPOTrainer(model, ref_model=other, peft_config=None)\n`, versions: OLD },
    { name: "a name and a model", code: `${HEAD}DPOTrainer(model, ref_model="gpt2", args=DPOConfig("o"))\n`, versions: OLD },
    { name: "forced on the trainer", code: `${HEAD}DPOTrainer(model, ref_model=other, force_use_ref_model=True, peft_config=LoraConfig())\n`, versions: { trl: "0.8.6" } },
    { name: "perhaps forced", code: `${HEAD}DPOTrainer(model, ref_model=other, args=DPOConfig("o", force_use_ref_model=cli.force), peft_config=LoraConfig())\n`, versions: OLD },
    { name: "two models of unknown making", code: `${HEAD}DPOTrainer(load("a"), ref_model=load("a"), args=DPOConfig("o"))\n`, versions: NEW },
  ],
  invalid: [
    { name: "the same", code: `${HEAD}DPOTrainer(model, ⟦ref_model=model⟧, args=DPOConfig("o"))\n`, versions: NEW, findings: one("error", "is its own ref_model"), fixed: `${HEAD}DPOTrainer(model, args=DPOConfig("o"))\n` },
    { name: "the same under another name, by position", code: `${HEAD}reference = model\nDPOTrainer(model, ⟦reference⟧)\n`, findings: one("warning", "from trl 0.11") },
    { name: "with peft", code: `${HEAD}DPOTrainer(model, ⟦ref_model=other⟧, peft_config=LoraConfig())\n`, versions: OLD, findings: one("error", "together with peft_config"), fixed: `${HEAD}DPOTrainer(model, peft_config=LoraConfig())\n` },
    { name: "with peft, version unknown", code: `${HEAD}DPOTrainer(model, ⟦ref_model=other⟧, peft_config=LoraConfig())\n`, findings: one("warning", "before trl 0.28"), fixed: `${HEAD}DPOTrainer(model, peft_config=LoraConfig())\n` },
    { name: "with peft, expressly not forced", code: `${HEAD}DPOTrainer(model, ⟦ref_model=other⟧, args=DPOConfig("o", force_use_ref_model=False), peft_config=LoraConfig())\n`, versions: OLD, findings: one("error", "together with peft_config"), fixed: `${HEAD}DPOTrainer(model, args=DPOConfig("o", force_use_ref_model=False), peft_config=LoraConfig())\n` },
  ],
});
