import rule from "../../../server/src/rules/trl/unknown-argument.js";
import { ruleTest } from "../../support/ruleTest.js";

const at = (trl: string) => ({ versions: { trl } });
const config = (args: string): string => `from trl import SFTConfig\nargs = SFTConfig("out", ${args})\n`;
const one = (severity: "error" | "warning" | "hint", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "own field", code: config("packing=True") },
    { name: "inherited field", code: config("learning_rate=1e-4") },
    { name: "new field, version unknown", code: config("max_length=512") },
    { name: "new field in an open range", code: config("max_length=512"), ...at(">=0.9") },
    { name: "new field, in a branch on the version", code: `import trl\nfrom packaging import version\nfrom trl import SFTConfig\nif version.parse(trl.__version__) >= version.parse("0.16"):\n    SFTConfig("o", max_length=3)\n`, ...at(">=0.9,<0.20") },
    { name: "an open splat", code: config("**options") },
    { name: "a subclass of the script's own", code: `from trl import SFTConfig\nclass C(SFTConfig):\n    mine: int = 1\nC("o", mine=2)\n` },
    { name: "a dataclass of the same name", code: `import trl\nclass SFTConfig:\n    def __init__(self, **k): ...\nSFTConfig(mine=2)\n` },
  ],
  invalid: [
    { name: "misspelled", code: config("⟦max_lenght⟧=512"), ...at("1.9.0"), findings: one("error", "Did you mean max_length?"), fixed: config("max_length=512") },
    { name: "misspelled, version unknown", code: config("⟦pakcing⟧=True"), findings: one("error", "Did you mean packing?"), fixed: config("packing=True") },
    { name: "unknown to all", code: config("⟦zzz_flag⟧=True"), findings: one("error", "SFTConfig has no argument zzz_flag") },
    { name: "max_length before 0.16", code: config("⟦max_length⟧=512"), ...at("0.15.2"), findings: one("error", "only from trl 0.16 on"), fixed: config("max_seq_length=512") },
    { name: "processing_class before 0.12", code: `from trl import SFTTrainer\nSFTTrainer(m, ⟦processing_class⟧=tok)\n`, ...at("0.11.4"), findings: one("error", "only from trl 0.12 on"), fixed: `from trl import SFTTrainer\nSFTTrainer(m, tokenizer=tok)\n` },
  ],
});
