import rule from "../../../server/src/rules/generation/invalid-value.js";
import { ruleTest } from "../../support/ruleTest.js";
import { generate, MODEL, OLD, one, OTHER_MODEL } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "floats", code: generate("do_sample=True, temperature=0.7, top_p=0.9, repetition_penalty=1.2") },
    { name: "the int 1 is skipped", code: generate("do_sample=True, temperature=1, repetition_penalty=1") },
    { name: "greedy: ignored", code: generate("do_sample=False, temperature=0") },
    { name: "no sampling: ignored", code: generate("temperature=0") },
    { name: "top_k off", code: generate("do_sample=True, top_k=0") },
    { name: "top_k None", code: generate("do_sample=True, top_k=None") },
    { name: "top_p above 1 is ignored", code: generate("do_sample=True, top_p=1.5") },
    { name: "the checkpoint may sample", code: `${OTHER_MODEL}model.generate(ids, temperature=0)\n` },
    { name: "from outside", code: generate("do_sample=True, temperature=cli.temperature") },
    { name: "not checked before 4.40", code: generate("max_new_tokens=0"), versions: { transformers: "4.36.2" } },
    { name: "4.57 takes 0 in a GenerationConfig as greedy", code: `${MODEL}c = GenerationConfig(do_sample=True, temperature=0.0)\nmodel.generate(ids, generation_config=c)\n` },
    { name: "another library", code: `import transformers\nclient.generate(p, do_sample=True, temperature=0)\n` },
  ],
  invalid: [
    { name: "temperature 0", code: generate("do_sample=True, ⟦temperature=0⟧"), findings: one("error", "For greedy decoding set do_sample=False"), unsafe: generate("do_sample=False, temperature=0") },
    { name: "an int", code: generate("do_sample=True, ⟦temperature=2⟧"), findings: one("error", "Write 2.0"), fixed: generate("do_sample=True, temperature=2.0") },
    { name: "a negative one", code: generate("do_sample=True, ⟦temperature=-0.5⟧"), findings: one("error", "a float above 0") },
    { name: "a penalty, sampling or not", code: generate("⟦repetition_penalty=2⟧"), findings: one("error", "Write 2.0"), fixed: generate("repetition_penalty=2.0") },
    { name: "top_k", code: generate("do_sample=True, ⟦top_k=5.0⟧"), findings: one("error", "a whole number above 0") },
    { name: "top_p", code: generate("do_sample=True, ⟦top_p=-0.1⟧"), findings: one("error", "between 0 and 1") },
    { name: "max_new_tokens", code: generate("⟦max_new_tokens=0⟧"), versions: OLD, findings: one("error", "at least 1") },
    {
      name: "in the GenerationConfig on the model",
      code: `${MODEL}model.generation_config = GenerationConfig(do_sample=True, ⟦temperature=2⟧)\nmodel.generate(ids)\n`,
      findings: one("error", "Write 2.0"),
      fixed: `${MODEL}model.generation_config = GenerationConfig(do_sample=True, temperature=2.0)\nmodel.generate(ids)\n`,
    },
    { name: "a constant", code: `${MODEL}T = 2\nmodel.generate(ids, do_sample=True, ⟦temperature=T⟧)\n`, findings: one("error", "Write 2.0") },
  ],
});
