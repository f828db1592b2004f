import rule from "../../../server/src/rules/transformers/evaluation-beyond-max-steps.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import TrainingArguments\nargs = TrainingArguments("o", ${args})\n${after}`;
const one = (message: string) => [{ message, severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "within", code: script('eval_strategy="steps", eval_steps=50, max_steps=100') },
    { name: "at the end", code: script('eval_strategy="steps", eval_steps=100, max_steps=100') },
    { name: "a ratio", code: script('eval_strategy="steps", eval_steps=0.5, max_steps=100') },
    { name: "no limit", code: script('eval_strategy="steps", eval_steps=500') },
    { name: "no limit, written", code: script('eval_strategy="steps", eval_steps=500, max_steps=-1') },
    { name: "per epoch", code: script('eval_strategy="epoch", eval_steps=500, max_steps=100') },
    { name: "from outside", code: script('eval_strategy="steps", eval_steps=500, max_steps=cli.steps') },
    { name: "set later", code: script('eval_strategy="steps", eval_steps=500, max_steps=100', "args.max_steps = 1000\n") },
  ],
  invalid: [
    { name: "beyond", code: script('eval_strategy="steps", ⟦eval_steps=500⟧, max_steps=100'), findings: one("ends after 100 steps, before the first evaluation at step 500") },
    { name: "in TRL", code: 'from trl import GRPOConfig\nGRPOConfig("o", eval_strategy="steps", ⟦eval_steps=20⟧, max_steps=10)\n', findings: one("step 20") },
  ],
});
