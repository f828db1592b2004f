import rule from "../../../server/src/rules/transformers/best-checkpoint-skipped.js";
import { ruleTest } from "../../support/ruleTest.js";

const ta = (args: string): string => `from transformers import TrainingArguments\nTrainingArguments("out", eval_strategy="steps", ${args}, load_best_model_at_end=True)\n`;
const warning = (message: string) => [{ message, severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "equal steps", code: ta("eval_steps=100, save_steps=100") },
    { name: "equal ratios", code: ta("eval_steps=0.1, save_steps=0.1") },
    { name: "raises instead: another rule's", code: ta("eval_steps=100, save_steps=250") },
    { name: "every save falls on an evaluation", code: ta("eval_steps=0.25, save_steps=50, max_steps=200") },
    { name: "save_strategy best", code: ta(`eval_steps=100, save_steps=300, save_strategy="best"`) },
    { name: "no best model", code: `from transformers import TrainingArguments\nTrainingArguments("o", eval_strategy="steps", eval_steps=1, save_steps=2)\n` },
    { name: "only the final save", code: ta("eval_steps=100, save_steps=0") },
    { name: "float remainder up to 4.52 raises: another rule's", code: ta("eval_steps=0.1, save_steps=0.5"), versions: { transformers: "4.46" } },
    { name: "unknown steps", code: ta("eval_steps=cfg.steps, save_steps=300") },
  ],
  invalid: [
    {
      name: "every third evaluation has a checkpoint",
      code: ta("eval_steps=100, ⟦save_steps=300⟧"),
      findings: warning("Evaluates every 100 steps but saves every 300"),
      unsafe: ta("eval_steps=100, save_steps=100"),
    },
    { name: "by default", code: ta("⟦eval_steps=250⟧"), findings: warning("saves every 500"), unsafe: ta("eval_steps=250, save_steps=250") },
    {
      name: "the notes' own pair, where it no longer raises",
      code: ta("eval_steps=0.1, ⟦save_steps=0.5⟧"),
      versions: { transformers: "5.18.0" },
      findings: warning("the best model is silently not loaded"),
      unsafe: ta("eval_steps=0.1, save_steps=0.1"),
    },
    { name: "0.2 and 0.4 pass everywhere", code: ta("eval_steps=0.2, ⟦save_steps=0.4⟧"), findings: warning("rounded up to steps each on its own") },
    { name: "ratio against the default that happens to pass", code: ta("⟦eval_steps=0.5⟧"), findings: warning("rounded up") },
    { name: "known total, still misaligned", code: ta("eval_steps=0.2, ⟦save_steps=0.4⟧, max_steps=31"), findings: warning("save_steps=13 and eval_steps=7") },
  ],
});
