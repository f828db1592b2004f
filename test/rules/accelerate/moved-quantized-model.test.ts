import rule from "../../../server/src/rules/accelerate/moved-quantized-model.js";
import { ruleTest } from "../../support/ruleTest.js";

const V4 = { versions: { transformers: "4.57.6" } };
const load = (bits: number): string =>
  `import torch\nfrom peft import LoraConfig, get_peft_model\nfrom transformers import AutoModelForCausalLM, BitsAndBytesConfig\nmodel = AutoModelForCausalLM.from_pretrained("facebook/opt-125m", quantization_config=BitsAndBytesConfig(load_in_${bits}bit=True))\n`;

ruleTest(rule, {
  valid: [
    { name: "4 bits moved", code: `${load(4)}model.to("cuda")\nmodel.cuda()\n`, ...V4 },
    { name: "4 bits moved with a bitsandbytes that can", code: `${load(4)}model.to("cuda")\n`, versions: { transformers: "4.57.6", bitsandbytes: "0.45.0" } },
    { name: "8 bits moved in transformers 5", code: `${load(8)}model.to("cuda")\n`, versions: { transformers: "5.0.0" } },
    { name: "not quantised", code: `${load(4)}other = AutoModelForCausalLM.from_pretrained("gpt2")\nother.half().to("cuda")\n`, ...V4 },
    { name: "wrapped", code: `${load(8)}model = get_peft_model(model, LoraConfig())\nmodel.to("cuda")\n`, ...V4 },
    { name: "a tensor", code: `${load(8)}x = torch.ones(2).half().to("cuda")\n`, ...V4 },
    { name: "perhaps quantised", code: `${load(8).replace("=True", "=cli.eight")}model.half()\n`, ...V4 },
    { name: "other methods", code: `${load(8)}model.eval()\nmodel.train()\n`, ...V4 },
  ],
  invalid: [
    { name: "half", code: `${load(4)}model.⟦half()⟧\n`, ...V4, findings: [{ message: ".half() raises", severity: "error" }], unsafe: load(4) },
    { name: "half in a chain", code: `${load(4).trimEnd()}.⟦half()⟧\n`, findings: [{ message: "can't be cast", severity: "error" }], unsafe: load(4) },
    { name: "to a dtype", code: `${load(4)}model = model.⟦to(torch.bfloat16)⟧\n`, ...V4, findings: [{ message: "can't be cast", severity: "error" }], unsafe: load(4) },
    { name: "8 bits moved", code: `${load(8)}model = model.⟦to(device)⟧\n`, ...V4, findings: [{ message: "can't be moved", severity: "error" }], unsafe: load(8) },
    { name: "8 bits moved, version unknown", code: `${load(8)}model.⟦cuda()⟧\n`, findings: [{ message: "transformers 4", severity: "warning" }] },
    { name: "4 bits with an old bitsandbytes", code: `${load(4)}model.⟦to("cuda")⟧\n`, versions: { transformers: "4.46.3", bitsandbytes: "0.42.0" }, findings: [{ message: "0.43.2", severity: "error" }] },
  ],
});
