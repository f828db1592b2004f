import rule from "../../../server/src/rules/transformers/pad-token-is-eos.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = ({ pad = "tokenizer.pad_token = tokenizer.eos_token", text = 'row["text"] + tokenizer.eos_token', mlm = ", mlm=False", load = "", collator = "DataCollatorForLanguageModeling" } = {}): string =>
  `from transformers import AutoTokenizer, ${collator}\ntokenizer = AutoTokenizer.from_pretrained("gpt2"${load})\n${pad}\ndef encode(row):\n    return tokenizer(${text}, truncation=True)\ncollator = ${collator}(tokenizer${mlm})\n`;
const PAD = "⟦tokenizer.pad_token = tokenizer.eos_token⟧";
const one = [{ message: "never learns to stop", severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "no end tokens to lose", code: script({ text: 'row["text"]' }) },
    { name: "a pad token of its own", code: script({ pad: 'tokenizer.add_special_tokens({"pad_token": "<pad>"})' }) },
    { name: "another token", code: script({ pad: "tokenizer.pad_token = tokenizer.unk_token" }) },
    { name: "given another one later", code: script({ pad: 'tokenizer.pad_token = tokenizer.eos_token\ntokenizer.pad_token = "<pad>"' }) },
    { name: "added to it later", code: script({ pad: 'tokenizer.pad_token = tokenizer.eos_token\ntokenizer.add_special_tokens({"pad_token": "<pad>"})' }) },
    { name: "masked words", code: script({ mlm: ", mlm=True" }) },
    { name: "masked words by default", code: script({ mlm: "" }) },
    { name: "from outside", code: script({ mlm: ", mlm=cli.mlm" }) },
    { name: "a collator that keeps labels", code: script({ collator: "DataCollatorForSeq2Seq", mlm: "" }) },
    { name: "only a comparison", code: script({ text: 'row["text"]', pad: "tokenizer.pad_token = tokenizer.eos_token\nif x == tokenizer.eos_token:\n    print()" }) },
    { name: "another library's collator", code: script().replace("from transformers import AutoTokenizer, DataCollatorForLanguageModeling", "from transformers import AutoTokenizer\nfrom mine import DataCollatorForLanguageModeling") },
  ],
  invalid: [
    { name: "added to the text", code: script({ pad: PAD }), findings: one },
    { name: "in an f-string", code: script({ pad: PAD, text: "f\"{row['text']}{tokenizer.eos_token}\"" }), findings: one },
    { name: "by its id", code: script({ pad: "⟦tokenizer.pad_token_id = tokenizer.eos_token_id⟧" }), findings: one },
    { name: "added to the tokens", code: script({ pad: PAD, text: 'row["text"]' }).replace("collator =", "ids = ids + [tokenizer.eos_token_id]\ncollator ="), findings: one },
    { name: "added by the tokenizer", code: script({ pad: PAD, text: 'row["text"]', load: ", add_eos_token=True" }), findings: one },
  ],
});
