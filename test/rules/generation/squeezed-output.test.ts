import rule from "../../../server/src/rules/generation/squeezed-output.js";
import { ruleTest } from "../../support/ruleTest.js";
import { one, TOKENIZER } from "./support.js";

const script = (text: string, args = "", squeeze = ".squeeze()"): string => `${TOKENIZER}x = tokenizer(${text}, return_tensors="pt")\ny = model.generate(**x${args})${squeeze}\nt = tokenizer.batch_decode(y)\n`;
const M = "⟦.squeeze()⟧";
const OLD = { transformers: "4.57.6" };

ruleTest(rule, {
  valid: [
    { name: "not squeezed", code: script('"a"', "", ""), versions: OLD },
    { name: "several sequences", code: script('"a"', ", do_sample=True, num_return_sequences=5"), versions: OLD },
    { name: "their number from outside", code: script('"a"', ", num_return_sequences=cli.n"), versions: OLD },
    { name: "several prompts", code: script('["a", "b"]'), versions: OLD },
    { name: "nobody knows how many prompts", code: script("prompts"), versions: OLD },
    { name: "another dimension", code: script('"a"', "", ".squeeze(-1)"), versions: OLD },
    { name: "decoded as one", code: script('"a"').replace("batch_decode", "decode"), versions: OLD },
    { name: "transformers 5", code: script('"a"'), versions: { transformers: "5.18" } },
    { name: "an unknown splat", code: script('"a"', ", **more"), versions: OLD },
  ],
  invalid: [
    { name: "one prompt", code: script('"a"', "", M), versions: OLD, findings: one("warning", "one text per token"), fixed: script('"a"', "", "") },
    { name: "not known", code: script('"a"', "", M), findings: one("warning", "before transformers 5"), fixed: script('"a"', "", "") },
    { name: "a list of one", code: script('["a"]', ", num_return_sequences=1", "⟦.squeeze(0)⟧"), versions: OLD, findings: one("warning", "one sequence here"), fixed: script('["a"]', ", num_return_sequences=1", "") },
  ],
});
