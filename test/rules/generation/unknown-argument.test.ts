import rule from "../../../server/src/rules/generation/unknown-argument.js";
import { ruleTest } from "../../support/ruleTest.js";

const generate = (written: string, load = ""): string => `from transformers import AutoModelForCausalLM\nm = AutoModelForCausalLM.from_pretrained("gpt2"${load})\nm.generate(**inputs, ${written})\n`;
const config = (written: string): string => `from transformers import GenerationConfig\nc = GenerationConfig(${written})\n`;
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "known", code: generate("max_new_tokens=5, temperature=0.7, num_beams=2, do_sample=True, stop_strings=['a']") },
    { name: "generate's own", code: generate("streamer=s, assistant_model=a, synced_gpus=False, stopping_criteria=c") },
    { name: "what forward takes", code: generate("pixel_values=p, image_sizes=s, num_frames=3") },
    { name: "near nothing", code: generate("my_special_input=1") },
    { name: "code from the Hub", code: generate("max_tokens=5", ", trust_remote_code=True") },
    { name: "perhaps code from the Hub", code: generate("max_tokens=5", ", **options") },
    { name: "an object of something else", code: "import transformers\nclient.generate(max_tokens=5)\n" },
    { name: "known in the config", code: config("max_new_tokens=5, top_p=0.9") },
    { name: "ValueError is caught", code: `${generate("").replace("m.generate(**inputs, )\n", "")}try:\n    m.generate(max_tokens=5)\nexcept ValueError:\n    pass\n` },
  ],
  invalid: [
    { name: "max_tokens", code: generate("⟦max_tokens⟧=5"), findings: one("error", "Did you mean max_new_tokens?"), fixed: generate("max_new_tokens=5") },
    { name: "a slip", code: generate("⟦temprature⟧=0.5"), findings: one("error", "Did you mean temperature?"), fixed: generate("temperature=0.5") },
    { name: "n", code: generate("⟦n⟧=3"), findings: one("error", "num_return_sequences"), fixed: generate("num_return_sequences=3") },
    { name: "stored in the config", code: config("⟦max_tokens⟧=5"), findings: one("warning", "silently never read"), fixed: config("max_new_tokens=5") },
    { name: "both are given", code: config("⟦max_tokens⟧=5, max_new_tokens=5"), findings: one("warning", "max_new_tokens") },
  ],
});
