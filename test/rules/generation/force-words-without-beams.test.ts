import rule from "../../../server/src/rules/generation/force-words-without-beams.js";
import { ruleTest } from "../../support/ruleTest.js";
import { py } from "../../support/script.js";

const MODEL = `from transformers import AutoModelForCausalLM, GenerationConfig\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")\n`;
const known = (args: string): string => `${MODEL}model.generate(ids, ${args})\n`;
const OLD = { transformers: "4.46" };
const NEW = { transformers: "4.57.6" };
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "beams", code: known("force_words_ids=[[1]], num_beams=5") },
    { name: "None", code: known("force_words_ids=None") },
    { name: "a parameter that may be None", code: `${MODEL}def run(words=None):\n    return model.generate(ids, force_words_ids=words)\n` },
    { name: "beams from the command line", code: known("force_words_ids=[[1]], num_beams=cli.beams") },
    { name: "an unknown splat may bring the beams", code: known("force_words_ids=[[1]], **options") },
    { name: "own class", code: `import transformers\nclass Model:\n    def generate(self, ids, force_words_ids): ...\nModel().generate(ids, force_words_ids=[[1]])\n` },
    { name: "another library's model", code: `import transformers\nfrom vllm import LLM\nLLM("x").generate(ids, force_words_ids=[[1]])\n` },
    { name: "constraints of an engine that isn't known", code: `import transformers\nengine.generate(prompt, constraints=[c])\n` },
    { name: "beams in the GenerationConfig", code: `${MODEL}c = GenerationConfig(num_beams=4)\nmodel.generate(ids, force_words_ids=[[1]], generation_config=c)\n` },
    { name: "beams written to the GenerationConfig", code: `${MODEL}c = GenerationConfig(force_words_ids=[[1]])\nc.num_beams = 4\nmodel.generate(ids, generation_config=c)\n` },
    { name: "beams on the model", code: `${MODEL}model.generation_config.num_beams = 4\nmodel.generate(ids, force_words_ids=[[1]])\n`, versions: OLD },
    { name: "a checkpoint with beams of its own", code: `from transformers import AutoModelForSeq2SeqLM\nm = AutoModelForSeq2SeqLM.from_pretrained("facebook/bart-large-cnn")\nm.generate(ids, force_words_ids=[[1]])\n`, versions: OLD },
    { name: "a model from a config of the script, with beams", code: `from transformers import GPT2Config, GPT2LMHeadModel\nmodel = GPT2LMHeadModel(GPT2Config(n_layer=1))\nmodel.generate(ids, force_words_ids=[[1]], num_beams=2)\n`, versions: OLD },
    { name: "the code from the Hub", code: known(`force_words_ids=[[1]], custom_generate="transformers-community/constrained-beam-search", trust_remote_code=True`), versions: NEW },
    { name: "the error is caught", code: `${MODEL}try:\n    model.generate(ids, force_words_ids=[[1]])\nexcept ValueError:\n    pass\n` },
    { name: "dead branch", code: `${MODEL}if False:\n    model.generate(ids, force_words_ids=[[1]])\n` },
    { name: "no transformers here", code: `model.generate(ids, force_words_ids=[[1]])\n` },
  ],
  invalid: [
    {
      name: "up to 4.56",
      code: known("⟦force_words_ids=[[1]]⟧"),
      versions: OLD,
      findings: one("error", "needs beam search"),
      fixed: known("force_words_ids=[[1]], num_beams=5"),
    },
    {
      name: "one beam",
      code: known("⟦force_words_ids=[[1]]⟧, num_beams=1"),
      versions: OLD,
      findings: one("error", "num_beams is 1"),
      fixed: known("force_words_ids=[[1]], num_beams=5"),
    },
    {
      name: "from 4.57",
      code: known("⟦force_words_ids=[[1]]⟧"),
      versions: NEW,
      findings: one("error", "trust_remote_code=True"),
      unsafe: known(`force_words_ids=[[1]], num_beams=5, custom_generate="transformers-community/constrained-beam-search", trust_remote_code=True`),
    },
    { name: "unknown version, known checkpoint", code: known("⟦force_words_ids=[[1]]⟧"), findings: one("error", "makes generate() raise"), unsafe: known("force_words_ids=[[1]], num_beams=5") },
    { name: "unknown version, unknown model", code: `import transformers\nmodel.generate(ids, ⟦force_words_ids=[[1]]⟧)\n`, findings: one("warning", "unless the checkpoint sets beams itself") },
    { name: "constraints", code: known("⟦constraints=[c]⟧"), versions: OLD, findings: one("error", "constraints needs beam search"), fixed: known("constraints=[c], num_beams=5") },
    {
      name: "an unpacked dict, a constant and an alias",
      code: `import transformers as hf\nM = hf.AutoModelForCausalLM\nBEAMS = 1\nmodel = M.from_pretrained("gpt2").to("cuda")\noptions = {⟦"force_words_ids": [[1]]⟧, "num_beams": BEAMS}\nmodel.generate(ids, **options)\n`,
      versions: OLD,
      findings: one("error", "num_beams is 1"),
      fixed: `import transformers as hf\nM = hf.AutoModelForCausalLM\nBEAMS = 1\nmodel = M.from_pretrained("gpt2").to("cuda")\noptions = {"force_words_ids": [[1]], "num_beams": 5}\nmodel.generate(ids, **options)\n`,
    },
    {
      name: "in the GenerationConfig",
      code: `${MODEL}c = GenerationConfig(⟦force_words_ids=[[1]]⟧)\nmodel.generate(ids, generation_config=c)\n`,
      versions: OLD,
      findings: one("error", "needs beam search"),
      fixed: `${MODEL}c = GenerationConfig(force_words_ids=[[1]], num_beams=5)\nmodel.generate(ids, generation_config=c)\n`,
    },
    {
      name: "the notes' helper",
      code: py`
        from transformers import AutoModelForCausalLM, AutoTokenizer
        def get_tokens_as_list(model_name, word_list):
            tokenizer = AutoTokenizer.from_pretrained(model_name, add_prefix_space=True)
            tokens_list = []
            for word in word_list:
                tokens_list.append(tokenizer([word], add_special_tokens=False).input_ids[0])
            return tokens_list
        model = AutoModelForCausalLM.from_pretrained("gpt2")
        words_ids = get_tokens_as_list(model_name="gpt2", word_list=["Donald"])
        model.generate(ids, ⟦force_words_ids=words_ids⟧)
      `,
      findings: one("error", "force_words_ids"),
    },
    { name: "known 4.57, unknown model", code: `import transformers\nmodel.generate(ids, ⟦force_words_ids=[[1]]⟧)\n`, versions: NEW, findings: one("error", "left transformers in 4.57") },
    { name: "up to 4.56, unknown model", code: `import transformers\nmodel.generate(ids, ⟦force_words_ids=[[1]]⟧)\n`, versions: OLD, findings: one("warning", "unless the checkpoint's own generation config"), fixed: `import transformers\nmodel.generate(ids, force_words_ids=[[1]], num_beams=5)\n` },
    { name: "up to 4.56, a model from a config of the script", code: `from transformers import GPT2Config, GPT2LMHeadModel\nmodel = GPT2LMHeadModel(GPT2Config(n_layer=1))\nmodel.generate(ids, ⟦force_words_ids=[[1]]⟧)\n`, versions: OLD, findings: one("error", "num_beams is not set"), fixed: `from transformers import GPT2Config, GPT2LMHeadModel\nmodel = GPT2LMHeadModel(GPT2Config(n_layer=1))\nmodel.generate(ids, force_words_ids=[[1]], num_beams=5)\n` },
    { name: "tokenised on the spot", code: `${MODEL}from transformers import AutoTokenizer\nt = AutoTokenizer.from_pretrained("gpt2")\nmodel.generate(ids, ⟦force_words_ids=t(["a"]).input_ids⟧)\n`, findings: one("error", "force_words_ids") },
  ],
});

