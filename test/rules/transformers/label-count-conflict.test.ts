import rule from "../../../server/src/rules/transformers/label-count-conflict.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, { callee = "AutoModelForSequenceClassification.from_pretrained", before = "" } = {}): string => `from transformers import AutoConfig, AutoModelForSequenceClassification, BertConfig\n${before}${callee}("b", ${args})\n`;
const OLD = { transformers: "4.57.6" };
const TWO = '{0: "no", 1: "yes"}';
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "equal", code: script(`num_labels=2, id2label=${TWO}`) },
    { name: "only the map", code: script(`id2label=${TWO}`) },
    { name: "label2id alone isn't compared", code: script('num_labels=3, label2id={"a": 0, "b": 1}') },
    { name: "one list for both", code: script("num_labels=len(L), id2label=dict(enumerate(L))", { before: 'L = ["a", "b"]\n' }) },
    { name: "an unknown map", code: script("num_labels=3, id2label=load()") },
    { name: "a map that is filled later", code: script("num_labels=3, id2label=m", { before: `m = ${TWO}\nm[2] = "perhaps"\n` }) },
    { name: "a map with an unpacked part", code: script("num_labels=3, id2label={0: 'a', **more}") },
    { name: "an unknown count", code: script(`num_labels=cli.n, id2label=${TWO}`) },
    { name: "keys that may be one", code: script("num_labels=3, id2label={a: 'x', b: 'y'}") },
    { name: "another library", code: `import transformers\nfrom mine import Model\nModel.from_pretrained("b", num_labels=3, id2label=${TWO})\n` },
    { name: "a filtered comprehension", code: script("num_labels=3, id2label={i: l for i, l in enumerate(L) if l}", { before: 'L = ["a", "b"]\n' }) },
  ],
  invalid: [
    { name: "4.57", code: script(`⟦num_labels=3⟧, id2label=${TWO}`), versions: OLD, findings: one("error", "id2label has 2 entries: raises ValueError"), unsafe: script(`id2label=${TWO}`) },
    { name: "5.3", code: script(`⟦num_labels=3⟧, id2label=${TWO}`), versions: { transformers: "5.3.0" }, findings: one("error", "raises ValueError"), unsafe: script(`id2label=${TWO}`) },
    { name: "5.4", code: script(`⟦num_labels=3⟧, id2label=${TWO}`), versions: { transformers: "5.4.0" }, findings: one("warning", "the head gets 2 outputs") },
    { name: "5.18", code: script(`⟦num_labels=3⟧, id2label=${TWO}`), versions: { transformers: "5.18" }, findings: one("warning", "the head gets 2 outputs") },
    { name: "version unknown", code: script(`⟦num_labels=3⟧, id2label=${TWO}`), findings: one("warning", "ValueError before transformers 5.4") },
    { name: "from a list", code: script("⟦num_labels=3⟧, id2label={i: l for i, l in enumerate(L)}", { before: 'L = ["a", "b"]\n' }), versions: OLD, findings: one("error", "2 entries") },
    { name: "text keys, a constant", code: script('⟦num_labels=N⟧, id2label={"0": "only"}', { before: "N = 4\n" }), versions: OLD, findings: one("error", "1 entry") },
    { name: "AutoConfig", code: script(`⟦num_labels=3⟧, id2label=${TWO}`, { callee: "AutoConfig.from_pretrained" }), versions: OLD, findings: one("error", "2 entries") },
    { name: "a configuration built by hand", code: `from transformers import BertConfig\nBertConfig(⟦num_labels=3⟧, id2label=${TWO})\n`, versions: OLD, findings: one("warning", "one of the two is silently ignored") },
  ],
});
