import rule from "../../../server/src/rules/generation/decode-of-batch.js";
import { ruleTest } from "../../support/ruleTest.js";
import { one, TOKENIZER as NAMES } from "./support.js";

const TOKENIZER = `${NAMES}x = tokenizer("a", return_tensors="pt")\n`;

const script = (decoded: string, method = "decode", args = ""): string => `${TOKENIZER}y = model.generate(**x${args})\nt = tokenizer.${method}(${decoded})\n`;
const OLD = { transformers: "4.57.6" };

ruleTest(rule, {
  valid: [
    { name: "the first", code: script("y[0]"), versions: OLD },
    { name: "a slice of it", code: script("y[0][3:]"), versions: OLD },
    { name: "the batch", code: script("y", "batch_decode"), versions: OLD },
    { name: "squeezed", code: script("y.squeeze()"), versions: OLD },
    { name: "a dict", code: script("y", "decode", ", return_dict_in_generate=True"), versions: OLD },
    { name: "transformers 5", code: script("y"), versions: { transformers: "5.18" } },
    { name: "something else's decode", code: `${TOKENIZER}y = model.generate(**x)\nt = codec.decode(y)\n`, versions: OLD },
    { name: "another library's model", code: `${TOKENIZER}y = llm.generate(x)\nt = tokenizer.decode(y)\n`, versions: OLD },
    { name: "one by one", code: `${TOKENIZER}for y in model.generate(**x):\n    tokenizer.decode(y)\n`, versions: OLD },
    { name: "an unknown splat", code: script("y", "decode", ", **more"), versions: OLD },
  ],
  invalid: [
    { name: "all of it", code: script("⟦y⟧"), versions: OLD, findings: one("error", "raises TypeError"), unsafe: script("y[0]") },
    { name: "at once", code: `${TOKENIZER}t = tokenizer.decode(⟦model.generate(**x)⟧, skip_special_tokens=True)\n`, versions: OLD, findings: one("error", "batch_decode()"), unsafe: `${TOKENIZER}t = tokenizer.decode(model.generate(**x)[0], skip_special_tokens=True)\n` },
    { name: "not known", code: script("⟦y⟧"), findings: one("warning", "before transformers 5"), unsafe: script("y[0]") },
  ],
});
