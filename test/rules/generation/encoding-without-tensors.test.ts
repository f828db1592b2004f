import rule from "../../../server/src/rules/generation/encoding-without-tensors.js";
import { ruleTest } from "../../support/ruleTest.js";
import { one, TOKENIZER } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "tensors", code: `${TOKENIZER}model.generate(**tokenizer("a", return_tensors="pt"))\n` },
    { name: "made tensors on the way", code: `${TOKENIZER}inputs = tokenizer("a")\ninputs = {k: torch.tensor([v]) for k, v in inputs.items()}\nmodel.generate(**inputs)\n` },
    { name: "written to", code: `${TOKENIZER}inputs = tokenizer("a")\nfor k in inputs:\n    inputs[k] = torch.tensor([inputs[k]])\nmodel(**inputs)\n` },
    { name: "converted in place", code: `${TOKENIZER}inputs = tokenizer("a")\ninputs.convert_to_tensors("pt")\nmodel(**inputs)\n` },
    { name: "handed to code that isn't seen", code: `${TOKENIZER}inputs = tokenizer("a")\nprepare(inputs)\nmodel(**inputs)\n` },
    { name: "unknown arguments", code: `${TOKENIZER}model(**tokenizer("a", **options))\n` },
    { name: "tokenised for a dataset", code: `${TOKENIZER}def f(e):\n    return tokenizer(e["text"])\ndata.map(f)\n` },
    { name: "an unknown model", code: `from transformers import AutoTokenizer\ntokenizer = AutoTokenizer.from_pretrained("x")\nmodel(**tokenizer("a"))\n` },
  ],
  invalid: [
    { name: "generate", code: `${TOKENIZER}inputs = tokenizer("a")\nmodel.generate(⟦**inputs⟧)\n`, findings: one("error", "gets Python lists"), fixed: `${TOKENIZER}inputs = tokenizer("a", return_tensors="pt")\nmodel.generate(**inputs)\n` },
    { name: "forward", code: `${TOKENIZER}model(⟦**tokenizer(["a", "b"], padding=True)⟧)\n`, findings: one("error", "model gets Python lists"), fixed: `${TOKENIZER}model(**tokenizer(["a", "b"], padding=True, return_tensors="pt"))\n` },
    { name: "moved", code: `${TOKENIZER}inputs = tokenizer("a").to("cuda")\nmodel.generate(⟦**inputs⟧, max_new_tokens=5)\n`, findings: one("warning", "nothing to move"), fixed: `${TOKENIZER}inputs = tokenizer("a", return_tensors="pt").to("cuda")\nmodel.generate(**inputs, max_new_tokens=5)\n` },
  ],
});
