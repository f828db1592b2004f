import rule from "../../../server/src/rules/generation/right-padding.js";
import { ruleTest } from "../../support/ruleTest.js";
import { one } from "./support.js";

const script = ({ checkpoint = "gpt2", load = "", before = "", texts = '["a", "b c"]', args = "padding=True", use = "**inputs", after = "", model = "AutoModelForCausalLM" } = {}): string =>
  `from transformers import ${model}, AutoTokenizer\ntokenizer = AutoTokenizer.from_pretrained("${checkpoint}"${load})\n${before}model = ${model}.from_pretrained("${checkpoint}")\ninputs = tokenizer(${texts}, ${args}, return_tensors="pt")\nmodel.generate(${use})\n${after}`;
const P = "⟦padding=True⟧";
const LEFT = ', padding_side="left"';

ruleTest(rule, {
  valid: [
    { name: "left", code: script({ load: LEFT }) },
    { name: "left, set later", code: script({ before: 'tokenizer.padding_side = "left"\n' }) },
    { name: "left, in the call", code: script({ args: 'padding=True, padding_side="left"' }) },
    { name: "from outside", code: script({ before: "tokenizer.padding_side = cli.side\n" }) },
    { name: "loaded with options from outside", code: script({ load: ", **options" }) },
    { name: "one prompt", code: script({ texts: '"a"' }) },
    { name: "a list of one", code: script({ texts: '["a"]' }) },
    { name: "nobody knows how many", code: script({ texts: "prompts" }) },
    { name: "no padding", code: script({ args: "truncation=True" }) },
    { name: "padding off", code: script({ args: "padding=False" }) },
    { name: "an encoder-decoder model", code: script({ model: "AutoModelForSeq2SeqLM", checkpoint: "t5-small" }) },
    { name: "not generated from", code: script({ use: "**other" }) },
    { name: "handed to code that may set it", code: script({ before: "from mine import prepare\nprepare(tokenizer)\n" }) },
    { name: "an object that isn't known", code: 'import transformers\ninputs = tokenizer(["a", "b"], padding=True)\nmodel.generate(**inputs)\n' },
  ],
  invalid: [
    { name: "the default", code: script({ args: P }), findings: one("warning", "padded on the right"), fixed: script({ load: LEFT }) },
    { name: "explicitly right", code: script({ load: ', padding_side="right"', args: P, checkpoint: "me/mine" }), findings: one("warning", "padded on the right"), fixed: script({ load: LEFT, checkpoint: "me/mine" }) },
    { name: "right, set later", code: script({ before: 'tokenizer.padding_side = "right"\n', args: P }), findings: one("warning", "padded on the right") },
    { name: "ids only", code: script({ args: P, use: 'inputs["input_ids"], attention_mask=inputs["attention_mask"]' }), findings: one("warning", "padded on the right"), fixed: script({ load: LEFT, use: 'inputs["input_ids"], attention_mask=inputs["attention_mask"]' }) },
    { name: "another checkpoint", code: script({ args: P, checkpoint: "me/mine" }), findings: one("information", "unless the checkpoint's"), fixed: script({ load: LEFT, checkpoint: "me/mine" }) },
    { name: "a script that trains as well", code: script({ args: P, after: "loss.backward()\n" }), findings: one("warning", "padded on the right"), unsafe: script({ load: LEFT, after: "loss.backward()\n" }) },
  ],
});
