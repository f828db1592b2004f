import rule from "../../../server/src/rules/generation/dict-as-generation-config.js";
import { ruleTest } from "../../support/ruleTest.js";
import { MODEL, one } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "an object", code: `${MODEL}model.generate(ids, generation_config=GenerationConfig(max_new_tokens=5))\n` },
    { name: "unpacked", code: `${MODEL}model.generate(ids, **{"max_new_tokens": 5})\n` },
    { name: "unknown", code: `${MODEL}model.generate(ids, generation_config=config)\n` },
    { name: "made from a dict", code: `${MODEL}options = {"max_new_tokens": 5}\nmodel.generate(ids, generation_config=GenerationConfig(**options))\n` },
    { name: "another library", code: `import transformers\nclient.generate(p, generation_config={"temperature": 1})\n` },
  ],
  invalid: [
    { name: "a literal", code: `${MODEL}model.generate(ids, ⟦generation_config={"max_new_tokens": 5}⟧)\n`, findings: one("error", "generation_config is a dict"), fixed: `${MODEL}model.generate(ids, **{"max_new_tokens": 5})\n` },
    { name: "a name", code: `${MODEL}options = dict(max_new_tokens=5)\nmodel.generate(ids, ⟦generation_config=options⟧, do_sample=True)\n`, findings: one("error", "dict"), fixed: `${MODEL}options = dict(max_new_tokens=5)\nmodel.generate(ids, **options, do_sample=True)\n` },
    { name: "the second positional", code: `${MODEL}options = {"max_new_tokens": 5}\nmodel.generate(ids, ⟦options⟧)\n`, findings: one("error", "dict"), fixed: `${MODEL}options = {"max_new_tokens": 5}\nmodel.generate(ids, **options)\n` },
    { name: "given twice: no fix", code: `${MODEL}model.generate(ids, ⟦generation_config={"max_new_tokens": 5}⟧, max_new_tokens=6)\n`, findings: one("error", "dict") },
  ],
});
