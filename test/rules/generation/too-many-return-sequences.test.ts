import rule from "../../../server/src/rules/generation/too-many-return-sequences.js";
import { ruleTest } from "../../support/ruleTest.js";
import { generate, MODEL, one, OTHER_MODEL } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "sampling", code: generate("num_return_sequences=3, do_sample=True") },
    { name: "beams", code: generate("num_return_sequences=3, num_beams=3") },
    { name: "one", code: generate("num_return_sequences=1") },
    { name: "beams of the checkpoint", code: `from transformers import AutoModelForSeq2SeqLM\nm = AutoModelForSeq2SeqLM.from_pretrained("facebook/bart-large-cnn")\nm.generate(ids, num_return_sequences=4)\n` },
    { name: "beams from outside", code: generate("num_return_sequences=3, num_beams=cli.beams") },
    { name: "sampling from outside", code: generate("num_return_sequences=3, do_sample=cli.sample") },
    { name: "an unknown splat", code: generate("num_return_sequences=3, **more") },
    { name: "an unknown splat beside a GenerationConfig", code: `${MODEL}c = GenerationConfig()\nmodel.generate(ids, generation_config=c, num_return_sequences=3, **more)\n` },
    { name: "sampling in the GenerationConfig", code: `${MODEL}c = GenerationConfig(do_sample=True)\nmodel.generate(ids, generation_config=c, num_return_sequences=3)\n` },
    { name: "an unknown GenerationConfig", code: `${MODEL}model.generate(ids, generation_config=config, num_return_sequences=3)\n` },
    { name: "sampling on the model", code: `${MODEL}model.generation_config.do_sample = True\nmodel.generate(ids, num_return_sequences=3)\n` },
    { name: "an object that isn't known", code: `import transformers\nmodel.generate(ids, num_return_sequences=3)\n` },
  ],
  invalid: [
    { name: "greedy", code: generate("⟦num_return_sequences=3⟧"), findings: one("error", "with greedy decoding"), unsafe: generate("num_return_sequences=3, do_sample=True") },
    { name: "explicitly greedy", code: generate("⟦num_return_sequences=3⟧, do_sample=False"), findings: one("error", "with greedy decoding"), unsafe: generate("num_return_sequences=3, do_sample=True") },
    { name: "the checkpoint may sample", code: `${OTHER_MODEL}model.generate(ids, ⟦num_return_sequences=3⟧)\n`, findings: one("warning", "unless the checkpoint's own") },
    { name: "explicitly greedy whatever the checkpoint", code: `${OTHER_MODEL}model.generate(ids, ⟦num_return_sequences=3⟧, do_sample=False, num_beams=1)\n`, findings: one("error", "with greedy decoding") },
    { name: "more than the beams", code: generate("⟦num_return_sequences=5⟧, num_beams=3, do_sample=True"), findings: one("error", "more than num_beams=3"), unsafe: generate("num_return_sequences=5, num_beams=5, do_sample=True") },
    { name: "more than the checkpoint's beams", code: `from transformers import AutoModelForSeq2SeqLM\nm = AutoModelForSeq2SeqLM.from_pretrained("facebook/bart-large-cnn")\nm.generate(ids, ⟦num_return_sequences=5⟧)\n`, findings: one("error", "more than num_beams=4") },
    { name: "in an unpacked dict", code: `${MODEL}options = {⟦"num_return_sequences": 3⟧}\nmodel.generate(ids, **options)\n`, findings: one("error", "greedy"), unsafe: `${MODEL}options = {"num_return_sequences": 3, "do_sample": True}\nmodel.generate(ids, **options)\n` },
    { name: "a model from a config", code: `from transformers import GPT2Config, GPT2LMHeadModel\nm = GPT2LMHeadModel(GPT2Config())\nm.generate(ids, ⟦num_return_sequences=2⟧)\n`, findings: one("error", "greedy") },
  ],
});
