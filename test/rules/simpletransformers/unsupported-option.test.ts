import rule from "../../../server/src/rules/simpletransformers/unsupported-option.js";
import { ruleTest } from "../../support/ruleTest.js";

const made = (type: string, more: string): string => `from simpletransformers.classification import ClassificationModel\nm = ClassificationModel(${type}, "b"${more})\n`;

ruleTest(rule, {
  valid: [
    { name: "a type that takes weights", code: made('"bert"', ", weight=[1, 2]") },
    { name: "no weights", code: made('"deberta"', "") },
    { name: "none after all", code: made('"deberta"', ", weight=None") },
    { name: "a type from outside", code: `# deberta\n${made("kind", ", weight=[1, 2]")}` },
    { name: "weights from outside", code: made('"mpnet"', ", weight=weights") },
    { name: "a window for another type", code: `# squeezebert\n${made('"bert"', ', args={"sliding_window": True}')}` },
    { name: "the window is off", code: made('"squeezebert"', ', args={"sliding_window": False}') },
  ],
  invalid: [
    { name: "weights", code: made('"deberta"', ", ⟦weight=[1, 2]⟧"), findings: [{ severity: "error", message: "no class weights" }] },
    { name: "a window", code: made('"squeezebert"', ', args={⟦"sliding_window": True⟧}'), findings: [{ severity: "error", message: "no sliding window" }] },
  ],
});
