import rule from "../../../server/src/rules/sentence-transformers/removed-argument.js";
import { ruleTest } from "../../support/ruleTest.js";

const at = (version: string) => ({ versions: { "sentence-transformers": version } });
const cross = (written: string): string => `from sentence_transformers import CrossEncoder\nm = CrossEncoder("x", ${written})\n`;
const args = (written: string): string => `from sentence_transformers import SentenceTransformerTrainingArguments\nSentenceTransformerTrainingArguments("o", ${written})\n`;

ruleTest(rule, {
  valid: [
    { name: "before the rename", code: cross("automodel_args={}"), ...at("3.4.1") },
    { name: "the new name", code: cross("model_kwargs={}"), ...at("4.1.0") },
    { name: "version unknown", code: cross("automodel_args={}") },
    { name: "an argument of both", code: cross("max_length=3"), ...at("4.1.0") },
    { name: "a field of transformers, gone there and not here", code: args("warmup_ratio=0.1"), ...at("3.4.1") },
    { name: "a field that no version warns of with this transformers, version unknown", code: args("warmup_ratio=0.1"), versions: { transformers: "4.57.1" } },
    { name: "nor in the older version", code: args("warmup_ratio=0.1"), versions: { "sentence-transformers": "5.1.0", transformers: "4.57.1" } },
  ],
  invalid: [
    { name: "automodel_args in 4.1", code: cross("⟦automodel_args⟧={}"), ...at("4.1.0"), findings: [{ message: "model_kwargs", severity: "hint" }], fixed: cross("model_kwargs={}") },
    { name: "default_activation_function in 4.1", code: cross("⟦default_activation_function⟧=f"), ...at("4.1.0"), findings: [{ message: "activation_fn", severity: "hint" }], fixed: cross("activation_fn=f") },
    { name: "deprecated in both", code: args("⟦warmup_ratio⟧=0.1"), versions: { "sentence-transformers": "5.4.0", transformers: "5.1.0" }, findings: [{ message: "Use warmup_steps", severity: "hint" }], unsafe: args("warmup_steps=0.1") },
  ],
});
