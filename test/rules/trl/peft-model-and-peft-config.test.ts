import rule from "../../../server/src/rules/trl/peft-model-and-peft-config.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from peft import LoraConfig, get_peft_model\nfrom transformers import AutoModelForCausalLM\nfrom trl import DPOTrainer, SFTTrainer\nconfig = LoraConfig()\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")\n`;
const NEW = { trl: "1.13.0" };

ruleTest(rule, {
  valid: [
    { name: "the config alone", code: `${HEAD}SFTTrainer(model, peft_config=config)\n`, versions: NEW },
    { name: "the wrapped model alone", code: `${HEAD}SFTTrainer(get_peft_model(model, config))\n`, versions: NEW },
    { name: "None", code: `${HEAD}SFTTrainer(get_peft_model(model, config), peft_config=None)\n`, versions: NEW },
    { name: "perhaps None", code: `${HEAD}SFTTrainer(get_peft_model(model, config), peft_config=config if cli.lora else None)\n`, versions: NEW },
    { name: "perhaps wrapped", code: `${HEAD}if cli.wrap:\n    model = get_peft_model(model, config)\nSFTTrainer(model, peft_config=config)\n`, versions: NEW },
    { name: "unsloth's trainer", code: `import unsloth\n${HEAD}SFTTrainer(get_peft_model(model, config), peft_config=config)\n`, versions: NEW },
    { name: "a config that may be None", code: `${HEAD}from trl import get_peft_config\nSFTTrainer(get_peft_model(model, config), peft_config=get_peft_config(cli))\n`, versions: NEW },
    { name: "a config of the command line's", code: `${HEAD}SFTTrainer(get_peft_model(model, config), peft_config=cli.peft_config)\n`, versions: NEW },
    { name: "merged before", code: `${HEAD}model = get_peft_model(model, config).merge_and_unload()\nSFTTrainer(model, peft_config=config)\n`, versions: NEW },
  ],
  invalid: [
    { name: "from 0.27", code: `${HEAD}model = get_peft_model(model, config)\nSFTTrainer(model=model, ⟦peft_config=config⟧)\n`, versions: NEW, findings: one("error", "raises ValueError from trl 0.27 on"), fixed: `${HEAD}model = get_peft_model(model, config)\nSFTTrainer(model=model)\n` },
    { name: "before", code: `${HEAD}DPOTrainer(get_peft_model(model, config), ⟦peft_config=config⟧)\n`, versions: { trl: "0.15.2" }, findings: one("warning", "ignored, or the first adapter is merged") },
    { name: "version unknown", code: `${HEAD}SFTTrainer(get_peft_model(model, config), ⟦peft_config=config⟧)\n`, findings: one("warning", "from trl 0.27 on this peft_config raises ValueError") },
    { name: "0.26, GRPO", code: `${HEAD}from trl import GRPOTrainer\nGRPOTrainer(get_peft_model(model, config), r, ⟦peft_config=config⟧)\n`, versions: { trl: "0.26.2" }, findings: one("warning", "before trl 0.27 this peft_config is ignored") },
  ],
});
