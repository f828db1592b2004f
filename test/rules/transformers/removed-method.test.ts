import rule from "../../../server/src/rules/transformers/removed-method.js";
import { ruleTest } from "../../support/ruleTest.js";

const V5 = { versions: { transformers: "5.18.0" } };
const V4 = { versions: { transformers: "4.57.6" } };
const tok = (rest: string): string => `from transformers import AutoTokenizer\ntok = AutoTokenizer.from_pretrained("gpt2")\n${rest}\n`;
const trainer = (rest: string): string => `from transformers import Trainer\ntrainer = Trainer(m, args)\n${rest}\n`;
const one = (severity: "error" | "warning" | "hint", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "works in 4.57", code: tok(`tok.encode_plus("a")`), ...V4 },
    { name: "the call", code: tok(`tok("a")`), ...V5 },
    { name: "another method", code: tok(`tok.encode("a")`), ...V5 },
    { name: "an own object", code: `import transformers\nclass T:\n    def encode_plus(self, x): ...\nT().encode_plus("a")\n`, ...V5 },
    { name: "an unknown object", code: `import transformers\ndef f(tok):\n    return tok.encode_plus("a")\n`, ...V5 },
    { name: "asked for", code: tok(`x = tok.encode_plus("a") if hasattr(tok, "encode_plus") else tok("a")`), ...V5 },
    { name: "caught", code: tok(`try:\n    x = tok.encode_plus("a")\nexcept AttributeError:\n    x = tok("a")`), ...V5 },
    { name: "trainer.tokenizer before the rename", code: trainer("trainer.tokenizer"), versions: { transformers: "4.45.2" } },
    { name: "trainer.processing_class", code: trainer("trainer.processing_class"), ...V5 },
    { name: "written", code: trainer("trainer.tokenizer = tok"), ...V5 },
    { name: "a tokenizer of something else", code: `import transformers\npipe = make()\npipe.tokenizer\n`, ...V5 },
  ],
  invalid: [
    { name: "encode_plus in 5", code: tok(`x = tok.⟦encode_plus⟧("a", truncation=True)`), ...V5, findings: one("error", "AttributeError"), fixed: tok(`x = tok("a", truncation=True)`) },
    { name: "batch_encode_plus, version unknown", code: tok(`x = tok.⟦batch_encode_plus⟧(["a"])`), findings: one("warning", "left transformers in 5.0"), unsafe: tok(`x = tok(["a"])`) },
    { name: "as_target_tokenizer in 4.57", code: tok(`with tok.⟦as_target_tokenizer⟧():\n    y = tok("b")`), ...V4, findings: one("hint", "text_target=") },
    { name: "trainer.tokenizer in 5", code: trainer("trainer.⟦tokenizer⟧.save_pretrained(d)"), ...V5, findings: one("error", "processing_class"), fixed: trainer("trainer.processing_class.save_pretrained(d)") },
    { name: "trainer.tokenizer in 4.57", code: trainer("trainer.⟦tokenizer⟧.save_pretrained(d)"), ...V4, findings: one("hint", "deprecated"), fixed: trainer("trainer.processing_class.save_pretrained(d)") },
  ],
});
