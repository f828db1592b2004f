import rule from "../../../server/src/rules/accelerate/device-map-in-distributed.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (written: string, after = "model, optimizer = accelerator.prepare(model, optimizer)\n"): string =>
  `from accelerate import Accelerator\nfrom peft import LoraConfig, get_peft_model\nfrom transformers import AutoModelForCausalLM\naccelerator = Accelerator()\nmodel = AutoModelForCausalLM.from_pretrained("gpt2"${written})\n${after}`;
const one = [{ message: "in several processes accelerator.prepare() raises ValueError", severity: "information" }] as const;

ruleTest(rule, {
  valid: [
    { name: "no map", code: script("") },
    { name: "a map that is written out", code: script(', device_map={"": 0}') },
    { name: "one device", code: script(', device_map="cuda:0"') },
    { name: "from outside", code: script(", device_map=cli.map") },
    { name: "not prepared", code: script(', device_map="auto"', "optimizer = accelerator.prepare(optimizer)\n") },
    { name: "prepared by a class of one's own", code: script(', device_map="auto"').replace("from accelerate import Accelerator\n", "import accelerate\nclass Accelerator: ...\n") },
  ],
  invalid: [
    { name: "auto", code: script(', ⟦device_map="auto"⟧'), findings: one, unsafe: script("") },
    { name: "under an adapter", code: script(', ⟦device_map="balanced"⟧', "model = get_peft_model(model, LoraConfig())\nmodel = accelerator.prepare(model)\n"), findings: one },
  ],
});
