import rule from "../../../server/src/rules/generation/shadowed-pipeline.js";
import { ruleTest } from "../../support/ruleTest.js";
import { one } from "./support.js";

const HEAD = "from transformers import pipeline\n";

ruleTest(rule, {
  valid: [
    { name: "another name", code: `${HEAD}pipe = pipeline("text-generation")\npipe("a")\n` },
    { name: "the function under another name", code: `from transformers import pipeline as make\npipeline = make("text-generation")\npipeline("a")\n` },
    { name: "imported in the function, used under another name", code: `def f():\n    from transformers import pipeline\n    p = pipeline("text-generation")\n    return p("a")\n` },
    { name: "an attribute", code: `${HEAD}class A:\n    def __init__(self):\n        self.pipeline = pipeline("text-generation")\n` },
    { name: "a module", code: `import transformers\npipeline = transformers.pipeline("text-generation")\npipeline("a")\n` },
    { name: "another library's", code: `import transformers\nfrom kfp import pipeline\npipeline = pipeline("a")\n` },
  ],
  invalid: [
    { name: "once", code: `${HEAD}⟦pipeline⟧ = pipeline("text-generation")\nprint(pipeline("a"))\n`, findings: one("information", "no longer the function"), fixed: `${HEAD}pipe = pipeline("text-generation")\nprint(pipe("a"))\n` },
    {
      name: "and called again as the function",
      code: `${HEAD}⟦pipeline⟧ = pipeline("text-generation")\npipeline("a")\nother = pipeline("fill-mask", model="bert-base-uncased")\n`,
      findings: one("error", "a later pipeline(...) that means the function"),
      fixed: `${HEAD}pipe = pipeline("text-generation")\npipe("a")\nother = pipeline("fill-mask", model="bert-base-uncased")\n`,
    },
    {
      name: "inside a function",
      code: `${HEAD}def run(text):\n    ⟦pipeline⟧ = pipeline("text-generation")\n    return pipeline(text)\n`,
      findings: one("error", "UnboundLocalError"),
      fixed: `${HEAD}def run(text):\n    pipe = pipeline("text-generation")\n    return pipe(text)\n`,
    },
    { name: "the new name is taken", code: `${HEAD}pipe = 1\n⟦pipeline⟧ = pipeline("text-generation")\n`, findings: one("information", "no longer the function") },
    { name: "read in a function: left to the author", code: `${HEAD}⟦pipeline⟧ = pipeline("text-generation")\ndef run(text):\n    return pipeline(text)\n`, findings: one("information", "no longer the function") },
    { name: "imported in the function", code: `def f():\n    from transformers import pipeline\n    ⟦pipeline⟧ = pipeline("text-generation")\n    return pipeline("a")\n`, findings: one("information", "no longer"), fixed: `def f():\n    from transformers import pipeline\n    pipe = pipeline("text-generation")\n    return pipe("a")\n` },
  ],
});
