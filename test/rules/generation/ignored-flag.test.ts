import rule from "../../../server/src/rules/generation/ignored-flag.js";
import { ruleTest } from "../../support/ruleTest.js";
import { generate, MODEL, one, OTHER_MODEL } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "sampling", code: generate("do_sample=True, temperature=0.7, top_p=0.9") },
    { name: "neutral values", code: generate("do_sample=False, temperature=1.0, top_p=1.0, top_k=50") },
    { name: "a temperature that says greedy too", code: generate("do_sample=False, temperature=0.0") },
    { name: "a cut that says greedy too", code: generate("top_k=1") },
    { name: "None", code: generate("do_sample=False, temperature=None, top_p=None") },
    { name: "sampling from outside", code: generate("do_sample=cli.sample, temperature=0.7") },
    { name: "an unknown splat", code: generate("temperature=0.7, **more") },
    { name: "a value from outside", code: generate("do_sample=False, temperature=cli.temperature") },
    { name: "beams", code: generate("num_beams=4, length_penalty=0.8, early_stopping=True") },
    { name: "beams of the checkpoint", code: 'from transformers import AutoModelForSeq2SeqLM\nm = AutoModelForSeq2SeqLM.from_pretrained("facebook/bart-large-cnn")\nm.generate(ids, length_penalty=2.0)\n' },
    { name: "beams from outside", code: generate("num_beams=cli.beams, length_penalty=0.8") },
    { name: "a dict", code: generate("return_dict_in_generate=True, output_scores=True") },
    { name: "a dict by the GenerationConfig", code: `${MODEL}c = GenerationConfig(return_dict_in_generate=True)\nmodel.generate(ids, c, output_scores=True)\n` },
    { name: "contrastive search takes top_k", code: generate("penalty_alpha=0.6, top_k=4") },
    { name: "sampling on the model", code: `${MODEL}model.generation_config.do_sample = True\nmodel.generate(ids, temperature=0.7)\n` },
    { name: "sampling in the GenerationConfig", code: `${MODEL}c = GenerationConfig(do_sample=True, temperature=0.7)\nmodel.generate(ids, generation_config=c)\n` },
    { name: "a GenerationConfig that was loaded", code: `${MODEL}c = GenerationConfig.from_pretrained("gpt2")\nmodel.generate(ids, generation_config=c, temperature=0.7)\n` },
    { name: "a model with a generate() of its own", code: 'from transformers import WhisperForConditionalGeneration\nm = WhisperForConditionalGeneration.from_pretrained("openai/whisper-tiny")\nm.generate(ids, temperature=0.7, output_scores=True)\n' },
    { name: "an object that isn't known", code: "import transformers\nmodel.generate(ids, do_sample=False, temperature=0.7)\n" },
  ],
  invalid: [
    { name: "greedy by default", code: generate("⟦temperature=0.7⟧, top_p=0.9"), findings: one("warning", "Only sampling reads temperature=0.7 and top_p=0.9,"), unsafe: generate("temperature=0.7, do_sample=True, top_p=0.9") },
    { name: "explicitly greedy", code: generate("do_sample=False, ⟦temperature=0.7⟧"), findings: one("warning", "every run gives the same text"), unsafe: generate("do_sample=True, temperature=0.7") },
    { name: "whatever the checkpoint", code: `${OTHER_MODEL}model.generate(ids, do_sample=False, ⟦top_p=0.9⟧)\n`, findings: one("warning", "top_p=0.9") },
    { name: "up to the checkpoint", code: `${OTHER_MODEL}model.generate(ids, ⟦top_p=0.9⟧)\n`, findings: one("information", "up to the checkpoint's own"), unsafe: `${OTHER_MODEL}model.generate(ids, top_p=0.9, do_sample=True)\n` },
    { name: "with beams it is still greedy", code: generate("num_beams=4, ⟦temperature=0.7⟧"), findings: one("warning", "temperature=0.7") },
    { name: "in the GenerationConfig", code: `${MODEL}c = GenerationConfig(⟦temperature=0.7⟧)\nmodel.generate(ids, generation_config=c)\n`, findings: one("warning", "temperature=0.7"), unsafe: `${MODEL}c = GenerationConfig(temperature=0.7, do_sample=True)\nmodel.generate(ids, generation_config=c)\n` },
    { name: "in a dict", code: `${MODEL}o = {⟦"temperature": 0.7⟧}\nmodel.generate(ids, **o)\n`, findings: one("warning", "temperature=0.7"), unsafe: `${MODEL}o = {"temperature": 0.7, "do_sample": True}\nmodel.generate(ids, **o)\n` },
    { name: "no beams", code: generate("⟦length_penalty=0.8⟧"), findings: one("warning", "Only beam search reads length_penalty=0.8, and num_beams is 1"), unsafe: `${MODEL}model.generate(ids)\n` },
    { name: "beams up to the checkpoint", code: `${OTHER_MODEL}model.generate(ids, ⟦early_stopping=True⟧)\n`, findings: one("information", "without num_beams that is up to") },
    { name: "scores that nobody gets", code: generate("⟦output_scores=True⟧"), findings: one("warning", "without what output_scores asks for"), unsafe: generate("output_scores=True, return_dict_in_generate=True") },
    { name: "two at once", code: generate("⟦temperature=0.7⟧, ⟦output_scores=True⟧"), findings: [...one("warning", "temperature"), ...one("warning", "output_scores")] },
  ],
});
