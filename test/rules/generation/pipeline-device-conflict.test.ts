import rule from "../../../server/src/rules/generation/pipeline-device-conflict.js";
import { ruleTest } from "../../support/ruleTest.js";
import { one } from "./support.js";

const script = (args: string, load = ""): string => `from transformers import AutoModelForCausalLM, pipeline\nmodel = AutoModelForCausalLM.from_pretrained("gpt2"${load})\npipe = pipeline("text-generation", ${args})\n`;
const AUTO = ', device_map="auto"';

ruleTest(rule, {
  valid: [
    { name: "a device", code: script('model="gpt2", device=0') },
    { name: "a map", code: script('model="gpt2", device_map="auto"') },
    { name: "no device", code: script('model="gpt2", device=None, device_map="auto"') },
    { name: "no map", code: script('model="gpt2", device=0, device_map=None') },
    { name: "a device from outside", code: script('model="gpt2", device=cli.device, device_map="auto"') },
    { name: "one or the other", code: script('model="gpt2", device=None if cli.auto else 0, device_map="auto" if cli.auto else None') },
    { name: "a model that was placed", code: script("model=model, tokenizer=t", AUTO) },
    { name: "a model that wasn't", code: script("model=model, tokenizer=t, device=0") },
    { name: "a map from outside", code: script("model=model, tokenizer=t, device=0", ", device_map=cli.map") },
    { name: "one device for both, on 5", code: script('model="gpt2", device=0, device_map="cuda:0"'), versions: { transformers: "5.18" } },
    { name: "no device, on 4", code: script("model=model, tokenizer=t", AUTO), versions: { transformers: "4.57" } },
    { name: "a map of one device", code: script("model=model, tokenizer=t, device=0", ', device_map="cuda:0"') },
    { name: "a device that a helper may leave out", code: script('model="gpt2", device=pick(), device_map="auto"'), versions: { transformers: "4.57" } },
    { name: "a map that a helper may leave out", code: script('model="gpt2", device=0, device_map=pick()'), versions: { transformers: "4.57" } },
  ],
  invalid: [
    { name: "both on 4", code: script('model="gpt2", ⟦device=0⟧, device_map="auto"'), versions: { transformers: "4.57" }, findings: one("error", "moving it raises ValueError") },
    { name: "a model that was placed, on 4", code: script("model=model, tokenizer=t, ⟦device=0⟧", AUTO), versions: { transformers: "4.57" }, findings: one("error", "has placed this model") },
    { name: "a map of one device, on 4", code: script("model=model, tokenizer=t, ⟦device=0⟧", ', device_map="cuda:0"'), versions: { transformers: "4.46" }, findings: one("error", 'device_map="cuda:0"') },
    { name: "both", code: script('model="gpt2", ⟦device=0⟧, device_map="auto"'), findings: one("warning", "a device and a device_map"), unsafe: script('model="gpt2", device_map="auto"') },
    { name: "a string", code: script('model="gpt2", device_map="auto", ⟦device="cuda:0"⟧'), findings: one("warning", "Drop device"), unsafe: script('model="gpt2", device_map="auto"') },
    { name: "a model that was placed", code: script("model=model, tokenizer=t, ⟦device=0⟧", AUTO), findings: one("warning", 'device_map="auto" has placed'), unsafe: script("model=model, tokenizer=t", AUTO) },
    { name: "a device of torch", code: `import torch\n${script('model="gpt2", ⟦device=torch.device("cuda")⟧, device_map="auto"')}`, versions: { transformers: "4.57" }, findings: one("error", "Drop device") },
  ],
});
