import rule from "../../../server/src/rules/hf-preflight/unused-ignore.js";
import { describe, expect, it } from "vitest";
import { check, ruleTest } from "../../support/ruleTest.js";

const bad = (comment: string, above = ""): string => `from transformers import TrainingArguments\n${above}TrainingArguments("o", load_best_model_at_end=True)${comment}\n`;
const good = (comment: string): string => `from transformers import TrainingArguments\nTrainingArguments("o")${comment}\n`;
const warning = (message: string) => [{ message, severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "used, at the end of the line", code: bad("  # hf-preflight: ignore[transformers/strategy-mismatch]") },
    { name: "used, above", code: bad("", "# hf-preflight: ignore[transformers/strategy-mismatch]\n") },
    { name: "used, for the library", code: bad("  # hf-preflight: ignore[transformers]") },
    { name: "used, with other words", code: bad("  # on purpose, see notes. hf-preflight: ignore[transformers/strategy-mismatch]") },
    { name: "used, for the file", code: `# hf-preflight: ignore-file[transformers/strategy-mismatch]\n${bad("")}` },
    { name: "the rule is switched off", code: good("  # hf-preflight: ignore[transformers/strategy-mismatch]"), config: { ignore: ["transformers/strategy-mismatch"] } },
    { name: "in a string", code: `from transformers import TrainingArguments\nx = "# hf-preflight: ignore[transformers/strategy-mismatch]"\n` },
    { name: "inside a call over several lines", code: `from transformers import TrainingArguments\nTrainingArguments(\n    "o",\n    load_best_model_at_end=True,  # hf-preflight: ignore[transformers/strategy-mismatch]\n)\n` },
  ],
  invalid: [
    {
      name: "nothing to ignore",
      code: good("  # hf-preflight: ignore[⟦transformers/strategy-mismatch⟧]"),
      findings: warning("finds nothing here"),
      fixed: good(""),
    },
    {
      name: "one of two",
      code: bad("  # hf-preflight: ignore[transformers/strategy-mismatch, ⟦trl/decimal-save-steps⟧]"),
      findings: warning("trl/decimal-save-steps"),
      fixed: bad("  # hf-preflight: ignore[transformers/strategy-mismatch]"),
    },
    { name: "no such rule", code: good("  # hf-preflight: ignore[⟦transformers/strategy⟧]"), findings: warning("no rule of HF Preflight"), fixed: good("") },
    { name: "no rule named", code: good("  # ⟦hf-preflight: ignore⟧"), findings: warning("names no rule") },
    { name: "above the wrong statement", code: `from transformers import TrainingArguments\n# hf-preflight: ignore[⟦transformers/strategy-mismatch⟧]\nx = 1\n`, findings: warning("finds nothing"), fixed: `from transformers import TrainingArguments\nx = 1\n` },
  ],
});

describe("suppression", () => {
  it("takes out the finding and nothing else", () => {
    const two = `from transformers import TrainingArguments\nTrainingArguments("o", load_best_model_at_end=True)  # hf-preflight: ignore[transformers/strategy-mismatch]\nTrainingArguments("o", load_best_model_at_end=True)\n`;
    expect(check(two).map((finding) => finding.rule)).toEqual(["transformers/strategy-mismatch"]);
  });
});
