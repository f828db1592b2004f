import rule from "../../../server/src/rules/trl/unresolved-ratio-steps.js";
import { ruleTest } from "../../support/ruleTest.js";

const V19 = { versions: { trl: "0.19.1" } };
const V16 = { versions: { trl: "0.16.1" } };
const iterative = (written: string, args = "TrainingArguments"): string =>
  `from transformers import TrainingArguments\nfrom trl import IterativeSFTConfig, IterativeSFTTrainer\nargs = ${args}("o", max_steps=9, ${written})\nIterativeSFTTrainer(m, args=args)\n`;
const grpo = (written: string): string => `from trl import GRPOConfig, GRPOTrainer\nargs = GRPOConfig("o", ${written})\nGRPOTrainer(m, r, args)\n`;

ruleTest(rule, {
  valid: [
    { name: "a whole number", code: iterative("logging_steps=5"), ...V19 },
    { name: "one as a float", code: iterative("logging_steps=1.0"), ...V19 },
    { name: "save_steps, which transformers resolves", code: iterative("save_steps=0.5"), ...V19 },
    { name: "from the command line", code: iterative("logging_steps=cli.steps"), ...V19 },
    { name: "written over", code: iterative("logging_steps=0.5").replace("IterativeSFTTrainer(m", "args.logging_steps = 5\nIterativeSFTTrainer(m"), ...V19 },
    { name: "no trainer", code: "from transformers import TrainingArguments\nargs = TrainingArguments('o', logging_steps=0.5)\n", ...V19 },
    { name: "another trainer", code: "from trl import IterativeSFTTrainer, SFTConfig, SFTTrainer\nSFTTrainer(m, SFTConfig('o', logging_steps=0.5))\n", ...V19 },
    { name: "GRPO that shows no completions", code: grpo("logging_steps=0.5"), ...V16 },
    { name: "GRPO that may show some", code: grpo("logging_steps=0.5, log_completions=cli.log"), ...V16 },
    { name: "GRPO from 0.17 on", code: grpo("logging_steps=0.5, log_completions=True"), ...V19 },
    { name: "GRPO, version unknown", code: grpo("logging_steps=0.5, log_completions=True") },
    { name: "none", code: iterative("logging_steps=0"), ...V19 },
    { name: "from 0.24 on, without the class", code: iterative("logging_steps=0.5"), versions: { trl: "0.24.0" } },
    { name: "GRPO before 0.16", code: grpo("logging_steps=0.5, log_completions=True"), versions: { trl: "0.15.2" } },
  ],
  invalid: [
    { name: "a half", code: iterative("⟦logging_steps=0.5⟧"), ...V19, findings: [{ message: "logging_steps=0.5 as a share of the training: it logs or evaluates at every step", severity: "warning" }], placeholder: iterative("logging_steps=500") },
    { name: "a tenth, in its own config, version unknown", code: iterative("⟦eval_steps=1/10⟧", "IterativeSFTConfig"), findings: [{ message: "eval_steps=0.1 as a share of the training: it logs or evaluates at no step", severity: "warning" }], placeholder: iterative("eval_steps=500", "IterativeSFTConfig") },
    { name: "three quarters", code: iterative("⟦logging_steps=0.75⟧"), ...V19, findings: [{ message: "at 333 of 1000 steps", severity: "warning" }] },
    { name: "written later", code: iterative("seed=1").replace("IterativeSFTTrainer(m", "⟦args.logging_steps = 0.25⟧\nIterativeSFTTrainer(m"), ...V19, findings: [{ message: "at every step", severity: "warning" }] },
    { name: "GRPO that shows completions", code: grpo("⟦logging_steps=0.5⟧, log_completions=True"), ...V16, findings: [{ message: "it shows completions at every step", severity: "warning" }] },
  ],
});
