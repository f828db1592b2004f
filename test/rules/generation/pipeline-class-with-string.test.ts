import rule from "../../../server/src/rules/generation/pipeline-class-with-string.js";
import { ruleTest } from "../../support/ruleTest.js";
import { one } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "objects", code: `from transformers import AutoModelForCausalLM, TextGenerationPipeline\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")\nTextGenerationPipeline(model=model, tokenizer=tokenizer)\n` },
    { name: "unknown", code: `from transformers import TextGenerationPipeline\nTextGenerationPipeline(model=load())\n` },
    { name: "the factory", code: `from transformers import pipeline\npipeline("text-generation", model="gpt2")\n` },
    { name: "diffusers", code: `import transformers\nfrom diffusers import StableDiffusionPipeline\nStableDiffusionPipeline("x")\n` },
    { name: "an own class", code: `import transformers\nclass TextGenerationPipeline: ...\nTextGenerationPipeline(model="gpt2")\n` },
  ],
  invalid: [
    {
      name: "a name",
      code: `from transformers import TextGenerationPipeline\npipe = TextGenerationPipeline(⟦model="gpt2"⟧, device=0)\n`,
      findings: one("error", 'takes a model object, not the name "gpt2"'),
      unsafe: `from transformers import TextGenerationPipeline, pipeline\npipe = pipeline("text-generation", model="gpt2", device=0)\n`,
    },
    { name: "positional", code: `import transformers as hf\nNAME = "bert"\nhf.FillMaskPipeline(⟦NAME⟧, tokenizer)\n`, findings: one("error", "FillMaskPipeline") },
    { name: "through the module", code: `import transformers as hf\nhf.FillMaskPipeline(⟦model="bert"⟧)\n`, findings: one("error", "fill-mask"), unsafe: `import transformers as hf\nhf.pipeline("fill-mask", model="bert")\n` },
  ],
});
