import rule from "../../../server/src/rules/generation/generation-config-as-model-config.js";
import { ruleTest } from "../../support/ruleTest.js";
import { MODEL, one } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "the right place", code: `${MODEL}model.generation_config = GenerationConfig(max_new_tokens=5)\n` },
    { name: "a model config", code: `from transformers import GPT2Config, GPT2LMHeadModel\nmodel = GPT2LMHeadModel.from_pretrained("gpt2")\nmodel.config = GPT2Config()\n` },
    { name: "an own class", code: `from transformers import GenerationConfig\nclass Engine:\n    def __init__(self):\n        self.config = GenerationConfig()\n` },
    { name: "an object that isn't known", code: `from transformers import GenerationConfig\nengine.config = GenerationConfig()\n` },
  ],
  invalid: [
    { name: "assigned", code: `${MODEL}⟦model.config⟧ = GenerationConfig(max_new_tokens=5)\n`, findings: one("error", "Assign it to model.generation_config"), fixed: `${MODEL}model.generation_config = GenerationConfig(max_new_tokens=5)\n` },
    { name: "by a name, on a moved model", code: `${MODEL}m = model.to("cuda")\nc = GenerationConfig()\n⟦m.config⟧ = c\n`, findings: one("error", "m.generation_config"), fixed: `${MODEL}m = model.to("cuda")\nc = GenerationConfig()\nm.generation_config = c\n` },
  ],
});
