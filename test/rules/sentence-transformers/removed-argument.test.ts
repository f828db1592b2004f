import rule from "../../../server/src/rules/sentence-transformers/removed-argument.js";
import { ruleTest } from "../../support/ruleTest.js";

const at = (version: string) => ({ versions: { "sentence-transformers": version } });
const cross = (written: string): string => `from sentence_transformers import CrossEncoder\nm = CrossEncoder("x", ${written})\n`;

ruleTest(rule, {
  valid: [
    { name: "before the rename", code: cross("automodel_args={}"), ...at("3.4.1") },
    { name: "the new name", code: cross("model_kwargs={}"), ...at("4.1.0") },
    { name: "version unknown", code: cross("automodel_args={}") },
    { name: "an argument of both", code: cross("max_length=3"), ...at("4.1.0") },
  ],
  invalid: [
    { name: "automodel_args in 4.1", code: cross("⟦automodel_args⟧={}"), ...at("4.1.0"), findings: [{ message: "model_kwargs", severity: "hint" }], fixed: cross("model_kwargs={}") },
    { name: "default_activation_function in 4.1", code: cross("⟦default_activation_function⟧=f"), ...at("4.1.0"), findings: [{ message: "activation_fn", severity: "hint" }], fixed: cross("activation_fn=f") },
  ],
});
