import rule from "../../../server/src/rules/generation/both-lengths.js";
import { ruleTest } from "../../support/ruleTest.js";
import { generate, MODEL, one } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "new tokens", code: generate("max_new_tokens=20") },
    { name: "length", code: generate("max_length=20") },
    { name: "None", code: generate("max_length=None, max_new_tokens=20") },
    { name: "from outside", code: generate("max_length=cli.length, max_new_tokens=20") },
    { name: "one of each", code: `${MODEL}model.generate(ids, max_length=20)\nmodel.generate(ids, max_new_tokens=20)\n` },
    { name: "a tokenizer's length", code: `${MODEL}x = tok("a", max_length=20, truncation=True)\nmodel.generate(**x, max_new_tokens=20)\n` },
    { name: "an object that isn't known", code: "import transformers\nmodel.generate(ids, max_length=20, max_new_tokens=20)\n" },
  ],
  invalid: [
    { name: "both", code: generate("⟦max_length=100⟧, max_new_tokens=20"), findings: one("information", "max_new_tokens=20 decides"), fixed: generate("max_new_tokens=20") },
    { name: "in a GenerationConfig", code: `${MODEL}c = GenerationConfig(max_new_tokens=20, ⟦max_length=100⟧)\n`, findings: one("information", "max_length=100"), fixed: `${MODEL}c = GenerationConfig(max_new_tokens=20)\n` },
    { name: "in a dict", code: `${MODEL}o = {"max_new_tokens": 20, ⟦"max_length": 100⟧}\nmodel.generate(ids, **o)\n`, findings: one("information", "max_length=100"), fixed: `${MODEL}o = {"max_new_tokens": 20}\nmodel.generate(ids, **o)\n` },
  ],
});
