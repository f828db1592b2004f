import rule from "../../../server/src/rules/transformers/misspelled-tokenizer-attribute.js";
import { ruleTest } from "../../support/ruleTest.js";

const H = 'from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig\ntokenizer = AutoTokenizer.from_pretrained("gpt2")\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")\n';
const script = (line: string): string => `${H}${line}\n`;
const one = (severity: "error" | "warning" | "hint", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "pad_token_id", code: script("tokenizer.pad_token_id = tokenizer.eos_token_id") },
    { name: "pad_token", code: script("tokenizer.pad_token = tokenizer.eos_token") },
    { name: "None", code: script("tokenizer.pad_token = None") },
    { name: "text", code: script('tokenizer.pad_token = "<pad>"') },
    { name: "an unknown value", code: script("tokenizer.pad_token = cfg.pad") },
    { name: "only read", code: script("x = tokenizer.all_special_ids, tokenizer.pad_token_ids") },
    { name: "a list of the script's own", code: script("tokenizer.eos_token_ids = [1, 2]") },
    { name: "an unknown object", code: script("cfg.pad_token_ids = 0\ncfg.pad_token = 0") },
    { name: "own class", code: `import transformers\nclass Tokenizer: ...\nt = Tokenizer()\nt.pad_tokens = 1\n` },
    { name: "a processor", code: "from transformers import AutoProcessor\np = AutoProcessor.from_pretrained('x')\np.pad_token = 0\n" },
    { name: "a config's own names", code: script("model.config.pad_token_id = 0\nmodel.generation_config.pad_token_id = 0") },
    { name: "a parameter", code: "import transformers\ndef f(tokenizer):\n    tokenizer.pad_token_ids = 0\n" },
    { name: "the error is caught", code: script("try:\n    tokenizer.pad_token = 0\nexcept ValueError:\n    pass") },
  ],
  invalid: [
    { name: "_ids, version unknown", code: script("tokenizer.⟦pad_token_ids⟧ = tokenizer.eos_token_id"), findings: one("warning", "before transformers 4.47"), fixed: script("tokenizer.pad_token_id = tokenizer.eos_token_id") },
    { name: "_ids, 4.57", code: script("tokenizer.⟦pad_token_ids⟧ = 0"), versions: { transformers: "4.57.6" }, findings: one("hint", "works only because"), fixed: script("tokenizer.pad_token_id = 0") },
    { name: "_ids, 4.46", code: script("tokenizer.⟦eos_token_ids⟧ = 0"), versions: { transformers: "4.46.3" }, findings: one("warning", "no effect"), fixed: script("tokenizer.eos_token_id = 0") },
    { name: "pad_tokens", code: script('tokenizer.⟦pad_tokens⟧ = "<pad>"'), versions: { transformers: "5.18" }, findings: one("warning", "Write pad_token."), fixed: script('tokenizer.pad_token = "<pad>"') },
    { name: "a number", code: script("tokenizer.⟦pad_token⟧ = 0"), findings: one("error", "raises ValueError"), fixed: script("tokenizer.pad_token_id = 0") },
    { name: "another token's number", code: script("tokenizer.⟦pad_token⟧ = tokenizer.eos_token_id"), findings: one("error", "pad_token_id"), fixed: script("tokenizer.pad_token_id = tokenizer.eos_token_id") },
    { name: "of a model's config", code: script("model.config.⟦pad_token_ids⟧ = tokenizer.eos_token_id"), findings: one("warning", "A configuration has no"), fixed: script("model.config.pad_token_id = tokenizer.eos_token_id") },
    { name: "of a GenerationConfig, by alias", code: script("c = GenerationConfig()\nd = c\nd.⟦pad_token_ids⟧ = 0"), findings: one("warning", "no effect"), fixed: script("c = GenerationConfig()\nd = c\nd.pad_token_id = 0") },
    { name: "of model.generation_config", code: script("model.generation_config.⟦eos_token_ids⟧ = 0"), findings: one("warning", "no effect"), fixed: script("model.generation_config.eos_token_id = 0") },
  ],
});
