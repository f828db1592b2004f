import rule from "../../../server/src/rules/transformers/steps-ignored.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import IntervalStrategy, Seq2SeqTrainingArguments, TrainingArguments\nargs = TrainingArguments("o", ${args})\n${after}`;
const one = (message: string) => [{ message, severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "by steps", code: script('eval_strategy="steps", eval_steps=100, save_steps=100, logging_steps=10') },
    { name: "the old name", code: script('evaluation_strategy="steps", eval_steps=100') },
    { name: "an enum member", code: script("eval_strategy=IntervalStrategy.STEPS, eval_steps=100") },
    { name: "the defaults of saving and logging", code: script("save_steps=100, logging_steps=10") },
    { name: "a strategy from outside", code: script("eval_strategy=cli.strategy, eval_steps=100") },
    { name: "one of two strategies", code: script('eval_strategy="steps" if cli.long else "no", eval_steps=100') },
    { name: "an unknown splat", code: script("eval_steps=100, **more") },
    { name: "None", code: script("eval_steps=None") },
    { name: "steps from outside", code: script("eval_steps=cli.steps") },
    { name: "set later", code: script("eval_steps=100", 'args.eval_strategy = "steps"\n') },
    { name: "read by the script", code: script("eval_steps=100", "for step in range(10):\n    if step % args.eval_steps == 0:\n        evaluate()\n") },
    { name: "handed to a function that may change it", code: script("eval_steps=100", "import mine\nmine.prepare(args)\n") },
    { name: "logging_steps as the evaluation's interval", code: script('eval_strategy="steps", logging_strategy="epoch", logging_steps=100') },
    { name: "another library's class", code: "import transformers\nfrom mine import TrainingArguments\nTrainingArguments(eval_steps=100)\n" },
    { name: "TRL's callback goes by it", code: `from trl import LogCompletionsCallback, SFTConfig\nargs = SFTConfig("o", eval_steps=100)\nlog = LogCompletionsCallback(trainer)\n` },
    { name: "a subclass of the script", code: "from transformers import TrainingArguments\nclass A(TrainingArguments):\n    pass\nA(eval_steps=3)\n" },
    { name: "logging of a TRL config", code: 'from trl import SFTConfig\nSFTConfig("o", logging_strategy="epoch", logging_steps=3)\n' },
    { name: "the evaluation's interval from outside, or None", code: script('eval_strategy="steps", eval_steps=cli.steps, logging_strategy="epoch", logging_steps=100') },
    { name: "the evaluation's interval 0", code: script('eval_strategy="steps", eval_steps=0, logging_strategy="epoch", logging_steps=100') },
  ],
  invalid: [
    { name: "no eval_strategy", code: script("⟦eval_steps=100⟧"), findings: one('eval_strategy is "no" by default'), unsafe: script('eval_steps=100, eval_strategy="steps"') },
    { name: "no eval_strategy on an old version", code: script("⟦eval_steps=100⟧"), versions: { transformers: "4.36" }, findings: one("by default"), unsafe: script('eval_steps=100, evaluation_strategy="steps"') },
    { name: "epochs", code: script('eval_strategy="epoch", ⟦eval_steps=100⟧'), findings: one('eval_strategy is "epoch". Set'), unsafe: script('eval_strategy="epoch"') },
    { name: "saving per epoch", code: script('save_strategy="epoch", ⟦save_steps=100⟧'), findings: one('save_strategy is "epoch"'), unsafe: script('save_strategy="epoch"') },
    { name: "saving the best", code: script('save_strategy="best", ⟦save_steps=100⟧'), findings: one('save_strategy is "best"') },
    { name: "saving never", code: script('save_strategy="no", ⟦save_steps=100⟧'), findings: one('save_strategy is "no"') },
    { name: "logging per epoch", code: script('logging_strategy="epoch", ⟦logging_steps=10⟧'), findings: one('logging_strategy is "epoch"') },
    { name: "logging per epoch, evaluating by steps of its own", code: script('logging_strategy="epoch", ⟦logging_steps=10⟧, eval_strategy="steps", eval_steps=5'), findings: one("logging_strategy") },
    { name: "in a dict", code: 'from transformers import TrainingArguments\no = {⟦"eval_steps": 100⟧, "output_dir": "o"}\nTrainingArguments(**o)\n', findings: one("by default"), unsafe: 'from transformers import TrainingArguments\no = {"eval_steps": 100, "eval_strategy": "steps", "output_dir": "o"}\nTrainingArguments(**o)\n' },
    { name: "a TRL config", code: 'from trl import SFTConfig\nSFTConfig("o", ⟦eval_steps=100⟧)\n', findings: one("by default") },
  ],
});
