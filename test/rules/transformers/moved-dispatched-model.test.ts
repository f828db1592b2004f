import rule from "../../../server/src/rules/transformers/moved-dispatched-model.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (after: string, load = ', device_map="auto"'): string => `import torch\nfrom transformers import AutoModelForCausalLM\nmodel = AutoModelForCausalLM.from_pretrained("gpt2"${load})\n${after}\n`;
const one = (message: string) => [{ message, severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "not moved", code: script("model.eval()") },
    { name: "no map", code: script('model.to("cuda")', "") },
    { name: "a map of one device", code: script('model.to("cuda")', ', device_map="cuda:0"') },
    { name: "a map of one's own", code: script('model.to("cuda")', ', device_map={"": 0}') },
    { name: "a map from outside", code: script('model.to("cuda")', ", device_map=cli.map") },
    { name: "cast", code: script("model.to(torch.float16)") },
    { name: "cast by name", code: script("model.to(dtype=torch.float16)") },
    { name: "to the CPU", code: script('model.to("cpu")') },
    { name: "a device from outside", code: script("model.to(cli.device)") },
    { name: "the inputs", code: script('inputs.to("cuda")') },
    { name: "quantised", code: script('model.to("cuda")', ', device_map="auto", quantization_config=q') },
    { name: "another library's model", code: 'import transformers\nfrom mine import load\nload(device_map="auto").to("cuda")\n' },
  ],
  invalid: [
    { name: "to", code: script('model⟦.to("cuda")⟧'), findings: one('device_map="auto" has placed this model: .to("cuda")') },
    { name: "cuda", code: script("model⟦.cuda()⟧"), findings: one(".cuda()") },
    { name: "assigned", code: script('model = model⟦.to("cuda:0")⟧'), findings: one("cuda:0"), unsafe: script("model = model") },
    { name: "at once", code: 'from transformers import AutoModel\nm = AutoModel.from_pretrained("b", device_map="balanced")⟦.to("cuda")⟧.eval()\n', findings: one("balanced"), unsafe: 'from transformers import AutoModel\nm = AutoModel.from_pretrained("b", device_map="balanced").eval()\n' },
    { name: "over lines", code: 'from transformers import AutoModel\nm = (\n    AutoModel.from_pretrained("b", device_map="auto")⟦\n    .cuda()⟧\n)\n', findings: one('placed this model: .cuda() moves'), unsafe: 'from transformers import AutoModel\nm = (\n    AutoModel.from_pretrained("b", device_map="auto")\n)\n' },
    { name: "a device", code: script('device = torch.device("cuda")\nmodel⟦.to(device)⟧'), findings: one(".to(device)") },
    { name: "one of two devices", code: script('device = "cuda" if torch.cuda.is_available() else "cpu"\nmodel⟦.to(device)⟧'), findings: one(".to(device)") },
  ],
});
