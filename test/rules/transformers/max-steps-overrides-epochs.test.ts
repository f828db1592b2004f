import rule from "../../../server/src/rules/transformers/max-steps-overrides-epochs.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import TrainingArguments\nargs = TrainingArguments("o", ${args})\n${after}`;
const one = (message: string) => [{ message, severity: "information" }] as const;

ruleTest(rule, {
  valid: [
    { name: "epochs", code: script("num_train_epochs=3") },
    { name: "steps", code: script("max_steps=100") },
    { name: "no limit", code: script("num_train_epochs=3, max_steps=-1") },
    { name: "zero", code: script("num_train_epochs=3, max_steps=0") },
    { name: "from outside", code: script("num_train_epochs=3, max_steps=cli.steps") },
    { name: "epochs from outside", code: script("num_train_epochs=cli.epochs, max_steps=100") },
    { name: "set back later", code: script("num_train_epochs=3, max_steps=100", "args.max_steps = -1\n") },
    { name: "on one branch", code: script("num_train_epochs=3, max_steps=5 if cli.debug else -1") },
    { name: "a trainer that counts episodes", code: 'from trl import RLOOConfig\nRLOOConfig("o", num_train_epochs=1, max_steps=2)\n' },
    { name: "another class", code: 'import transformers\nConfig(num_train_epochs=3, max_steps=100)\n' },
  ],
  invalid: [
    { name: "both", code: script("⟦num_train_epochs=3⟧, max_steps=100"), findings: one("num_train_epochs=3 has no effect"), unsafe: script("max_steps=100") },
    { name: "a float", code: script("max_steps=100, ⟦num_train_epochs=1.0⟧"), findings: one("num_train_epochs=1.0"), unsafe: script("max_steps=100") },
    { name: "in TRL", code: 'from trl import DPOConfig\nDPOConfig("o", ⟦num_train_epochs=3⟧, max_steps=100)\n', findings: one("max_steps=100") },
    { name: "in a dict", code: 'from transformers import TrainingArguments\no = dict(⟦num_train_epochs=3⟧, max_steps=100)\nTrainingArguments("o", **o)\n', findings: one("max_steps=100") },
  ],
});
