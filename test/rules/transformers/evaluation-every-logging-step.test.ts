import rule from "../../../server/src/rules/transformers/evaluation-every-logging-step.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import TrainingArguments\nargs = TrainingArguments("o", ${args})\n${after}`;
const one = (message: string) => [{ message, severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "eval_steps", code: script('eval_strategy="steps", eval_steps=500, logging_steps=10') },
    { name: "no evaluation", code: script("logging_steps=10") },
    { name: "per epoch", code: script('eval_strategy="epoch", logging_steps=10') },
    { name: "not often", code: script('eval_strategy="steps", logging_steps=100') },
    { name: "a ratio", code: script('eval_strategy="steps", logging_steps=0.1') },
    { name: "the default", code: script('eval_strategy="steps"') },
    { name: "a trial", code: script('eval_strategy="steps", logging_steps=10, max_steps=50') },
    { name: "steps from outside", code: script('eval_strategy="steps", logging_steps=10, eval_steps=cli.steps') },
    { name: "set later", code: script('eval_strategy="steps", logging_steps=10', "args.eval_steps = 100\n") },
    { name: "an unknown splat", code: script('eval_strategy="steps", logging_steps=10, **more') },
    { name: "a length from outside", code: script('eval_strategy="steps", logging_steps=10, max_steps=cli.steps') },
  ],
  invalid: [
    { name: "every ten steps", code: script('eval_strategy="steps", ⟦logging_steps=10⟧'), findings: one("after every 10 steps") },
    { name: "every step", code: script('eval_strategy="steps", ⟦logging_steps=1⟧'), findings: one("after every step.") },
    { name: "the old name", code: script('evaluation_strategy="steps", ⟦logging_steps=50⟧'), findings: one("after every 50 steps") },
    { name: "eval_steps of None", code: script('eval_strategy="steps", ⟦logging_steps=5⟧, eval_steps=None'), findings: one("every 5 steps") },
    { name: "a long run", code: script('eval_strategy="steps", ⟦logging_steps=5⟧, max_steps=1000'), findings: one("every 5 steps") },
    { name: "a TRL config", code: 'from trl import SFTConfig\nSFTConfig("o", eval_strategy="steps", ⟦logging_steps=5⟧)\n', findings: one("every 5 steps") },
  ],
});
