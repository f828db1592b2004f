import rule from "../../../server/src/rules/transformers/strategy-mismatch.js";
import { describe, expect, it } from "vitest";
import { check, ruleTest } from "../../support/ruleTest.js";
import { py } from "../../support/script.js";

const ta = (args: string): string => `from transformers import TrainingArguments\nTrainingArguments("out", ${args})\n`;
const error = (message: string) => [{ message, severity: "error" }] as const;
const warning = (message: string) => [{ message, severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "no best model", code: ta(`eval_strategy="epoch"`) },
    { name: "switched off", code: ta(`eval_strategy="epoch", load_best_model_at_end=False`) },
    { name: "equal epochs", code: ta(`eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True`) },
    { name: "equal steps by default", code: ta(`eval_strategy="steps", load_best_model_at_end=True`) },
    { name: "both off", code: ta(`eval_strategy="no", save_strategy="no", load_best_model_at_end=True`) },
    { name: "best is exempt", code: ta(`eval_strategy="epoch", save_strategy="best", load_best_model_at_end=True`) },
    { name: "a misspelled strategy fails earlier", code: ta(`eval_strategy="epochs", load_best_model_at_end=True`) },
    { name: "enum members", code: `from transformers import TrainingArguments, IntervalStrategy\nTrainingArguments("o", eval_strategy=IntervalStrategy.EPOCH, save_strategy=IntervalStrategy.EPOCH, load_best_model_at_end=True)\n` },
    { name: "unknown splat", code: ta(`load_best_model_at_end=True, **kwargs`) },
    { name: "unknown value", code: ta(`load_best_model_at_end=True, eval_strategy=cfg.strategy`) },
    { name: "unknown flag", code: ta(`load_best_model_at_end=cfg.best, eval_strategy="epoch"`) },
    { name: "from the command line", code: py`
      import argparse
      from transformers import TrainingArguments
      parser = argparse.ArgumentParser()
      parser.add_argument("--strategy", default="epoch")
      cli = parser.parse_args()
      TrainingArguments("out", eval_strategy=cli.strategy, load_best_model_at_end=True)
    ` },
    { name: "parsed into dataclasses", code: py`
      from transformers import HfArgumentParser, TrainingArguments
      parser = HfArgumentParser(TrainingArguments)
      (args,) = parser.parse_args_into_dataclasses()
      args.load_best_model_at_end = True
      args.eval_strategy = "epoch"
    ` },
    { name: "an attribute write afterwards is not validated", code: py`
      from transformers import TrainingArguments
      args = TrainingArguments("out", eval_strategy="epoch")
      args.load_best_model_at_end = True
    ` },
    { name: "own class of the same name", code: `class TrainingArguments: pass\nimport transformers\nTrainingArguments("o", load_best_model_at_end=True)\n` },
    { name: "own subclass", code: `from transformers import TrainingArguments\nclass Mine(TrainingArguments): pass\nMine("o", load_best_model_at_end=True)\n` },
    { name: "another package's class", code: `import transformers\nfrom mine import TrainingArguments\nTrainingArguments("o", load_best_model_at_end=True)\n` },
    { name: "rebound name", code: `from transformers import TrainingArguments\nTrainingArguments = partial(TrainingArguments)\nTrainingArguments("o", load_best_model_at_end=True)\n` },
    { name: "dead branch", code: `from transformers import TrainingArguments\nif False:\n    TrainingArguments("o", load_best_model_at_end=True)\n` },
    { name: "after exit", code: `import sys\nfrom transformers import TrainingArguments\nsys.exit()\nTrainingArguments("o", load_best_model_at_end=True)\n` },
    { name: "type checking only", code: `from typing import TYPE_CHECKING\nfrom transformers import TrainingArguments\nif TYPE_CHECKING:\n    TrainingArguments("o", load_best_model_at_end=True)\n` },
    { name: "the error is expected", code: `import pytest\nfrom transformers import TrainingArguments\nwith pytest.raises(ValueError):\n    TrainingArguments("o", load_best_model_at_end=True)\n` },
    { name: "the error is caught", code: `from transformers import TrainingArguments\ntry:\n    a = TrainingArguments("o", load_best_model_at_end=True)\nexcept ValueError:\n    a = TrainingArguments("o")\n` },
    { name: "branches that agree", code: py`
      from transformers import TrainingArguments
      strategy = "steps" if debug else "epoch"
      TrainingArguments("out", eval_strategy=strategy, save_strategy=strategy, load_best_model_at_end=True)
    ` },
    { name: "two flags decide together", code: py`
      from transformers import TrainingArguments
      if debug:
          evaluation = "steps"
      else:
          evaluation = "epoch"
      saving = "steps" if debug else "epoch"
      TrainingArguments("out", eval_strategy=evaluation, save_strategy=saving, load_best_model_at_end=True)
    ` },
    { name: "the flag goes with the strategy", code: py`
      from transformers import TrainingArguments
      TrainingArguments("out", eval_strategy="epoch" if evaluate else "no", save_strategy="epoch", load_best_model_at_end=True if evaluate else False)
    ` },
    { name: "multiple", code: ta(`eval_strategy="steps", eval_steps=100, save_steps=300, load_best_model_at_end=True`) },
    { name: "integral floats", code: ta(`eval_strategy="steps", eval_steps=100.0, save_steps=200.0, load_best_model_at_end=True`) },
    { name: "500 % 0.5 is exactly 0", code: ta(`eval_strategy="steps", eval_steps=0.5, load_best_model_at_end=True`) },
    { name: "only the final save", code: ta(`eval_strategy="steps", eval_steps=100, save_steps=0, load_best_model_at_end=True`) },
    { name: "float remainder from 4.53 on", code: ta(`eval_strategy="steps", eval_steps=0.1, save_steps=0.5, load_best_model_at_end=True`), versions: { transformers: "4.57.6" } },
    { name: "SFTConfig inherits from an unknown logging_steps", code: `from trl import SFTConfig\nSFTConfig("o", eval_strategy="steps", load_best_model_at_end=True)\n` },
    { name: "helper with parameters", code: py`
      from transformers import TrainingArguments
      def make(strategy):
          return TrainingArguments("out", eval_strategy=strategy, load_best_model_at_end=True)
    ` },
    { name: "an unknown function may change the dict", code: py`
      from transformers import TrainingArguments
      options = {"load_best_model_at_end": True}
      patch(options)
      TrainingArguments("out", **options)
    ` },
    { name: "half-written call", code: `from transformers import TrainingArguments\nTrainingArguments("o", load_best_model_at_end=True, eval_strategy=\n` },
  ],
  invalid: [
    {
      name: "nothing but the flag",
      code: ta(`⟦load_best_model_at_end=True⟧`),
      findings: error(`save_strategy is "steps" (the default) and eval_strategy is "no" (the default)`),
      unsafe: ta(`load_best_model_at_end=True, eval_strategy="steps"`),
    },
    {
      name: "evaluation by epoch, saving by default",
      code: ta(`eval_strategy="epoch", ⟦load_best_model_at_end=True⟧`),
      findings: error("raises ValueError when TrainingArguments is built"),
      fixed: ta(`eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True`),
    },
    {
      name: "saving by steps written out",
      code: ta(`eval_strategy="epoch", ⟦save_strategy="steps"⟧, load_best_model_at_end=True`),
      findings: error(`save_strategy is "steps" and eval_strategy is "epoch"`),
      fixed: ta(`eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True`),
    },
    {
      name: "the older name",
      code: ta(`evaluation_strategy="epoch", ⟦load_best_model_at_end=True⟧`),
      findings: error("needs equal strategies"),
      fixed: ta(`evaluation_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True`),
    },
    {
      name: "one line each",
      code: `from transformers import TrainingArguments as TA\nTA(\n    "out",\n    eval_strategy="epoch",\n    ⟦load_best_model_at_end=True⟧,\n)\n`,
      findings: error("raises ValueError"),
      fixed: `from transformers import TrainingArguments as TA\nTA(\n    "out",\n    eval_strategy="epoch",\n    save_strategy="epoch",\n    load_best_model_at_end=True,\n)\n`,
    },
    {
      name: "an unpacked dict: the fix edits the dict",
      code: py`
        import transformers
        options = {
            "eval_strategy": "epoch",
            ⟦"save_strategy": "steps"⟧,
            "load_best_model_at_end": True,
        }
        transformers.TrainingArguments("out", **options)
      `,
      findings: error("raises ValueError"),
      fixed: py`
        import transformers
        options = {
            "eval_strategy": "epoch",
            "save_strategy": "epoch",
            "load_best_model_at_end": True,
        }
        transformers.TrainingArguments("out", **options)
      `,
    },
    {
      name: "a dict entry is added",
      code: `from transformers import TrainingArguments\no = {'eval_strategy': 'epoch', ⟦'load_best_model_at_end': True⟧}\nTrainingArguments("x", **o)\n`,
      findings: error("raises ValueError"),
      fixed: `from transformers import TrainingArguments\no = {'eval_strategy': 'epoch', 'save_strategy': "epoch", 'load_best_model_at_end': True}\nTrainingArguments("x", **o)\n`,
    },
    {
      name: "a constant above",
      code: `from transformers import TrainingArguments\nEVERY = "epoch"\nTrainingArguments("o", eval_strategy=EVERY, ⟦save_strategy="steps"⟧, load_best_model_at_end=True)\n`,
      findings: error(`eval_strategy is "epoch"`),
      fixed: `from transformers import TrainingArguments\nEVERY = "epoch"\nTrainingArguments("o", eval_strategy=EVERY, save_strategy=EVERY, load_best_model_at_end=True)\n`,
    },
    {
      name: "a class of constants",
      code: `from transformers import Seq2SeqTrainingArguments\nclass CFG:\n    best = True\nSeq2SeqTrainingArguments("o", eval_strategy="epoch", ⟦load_best_model_at_end=CFG.best⟧)\n`,
      findings: error("when Seq2SeqTrainingArguments is built"),
      fixed: `from transformers import Seq2SeqTrainingArguments\nclass CFG:\n    best = True\nSeq2SeqTrainingArguments("o", eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=CFG.best)\n`,
    },
    {
      name: "an alias of an alias",
      code: `import transformers as hf\nArgs = hf.TrainingArguments\nA = Args\nA("o", eval_strategy="epoch", ⟦load_best_model_at_end=True⟧)\n`,
      findings: error("raises ValueError"),
      fixed: `import transformers as hf\nArgs = hf.TrainingArguments\nA = Args\nA("o", eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True)\n`,
    },
    {
      name: "an SFTConfig",
      code: `from trl import SFTConfig\nSFTConfig("o", eval_strategy="epoch", ⟦load_best_model_at_end=True⟧)\n`,
      findings: error("when SFTConfig is built"),
      fixed: `from trl import SFTConfig\nSFTConfig("o", eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True)\n`,
    },
    {
      name: "an attribute write does not cure it",
      code: py`
        from transformers import TrainingArguments
        args = TrainingArguments("out", eval_strategy="epoch", ⟦load_best_model_at_end=True⟧)
        args.save_strategy = "epoch"
      `,
      findings: error("raises ValueError"),
      fixed: py`
        from transformers import TrainingArguments
        args = TrainingArguments("out", eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True)
        args.save_strategy = "epoch"
      `,
    },
    {
      name: "on one branch only: a warning, no fix",
      code: py`
        from transformers import TrainingArguments
        TrainingArguments("out", eval_strategy="steps" if fast else "epoch", ⟦save_strategy="epoch"⟧, load_best_model_at_end=True)
      `,
      findings: warning(`eval_strategy is "steps"`),
    },
    {
      name: "no multiple",
      code: ta(`eval_strategy="steps", eval_steps=100, ⟦save_steps=250⟧, load_best_model_at_end=True`),
      findings: error("save_steps to be a multiple of eval_steps, but 250 is no multiple of 100"),
      fixed: ta(`eval_strategy="steps", eval_steps=100, save_steps=100, load_best_model_at_end=True`),
      unsafe: ta(`eval_strategy="steps", eval_steps=100, save_steps=300, load_best_model_at_end=True`),
    },
    {
      name: "the default of 500",
      code: ta(`eval_strategy="steps", ⟦eval_steps=200⟧, load_best_model_at_end=True`),
      findings: error("500 (the default) is no multiple of 200"),
      fixed: ta(`eval_strategy="steps", eval_steps=200, save_steps=200, load_best_model_at_end=True`),
    },
    {
      name: "eval_steps falls back to logging_steps",
      code: ta(`eval_strategy="steps", logging_steps=300, ⟦load_best_model_at_end=True⟧`),
      findings: error("eval_steps (from logging_steps)"),
      unsafe: ta(`eval_strategy="steps", eval_steps=500, logging_steps=300, load_best_model_at_end=True`),
    },
    {
      name: "a ratio against the default",
      code: ta(`eval_strategy="steps", ⟦eval_steps=0.1⟧, load_best_model_at_end=True`),
      findings: error("can't mix a ratio with a number of steps"),
      fixed: ta(`eval_strategy="steps", eval_steps=0.1, save_steps=0.1, load_best_model_at_end=True`),
    },
    {
      name: "1/30 and 0.1 differ in the last bit",
      code: ta(`eval_strategy="steps", eval_steps=1/30, ⟦save_steps=0.1⟧, load_best_model_at_end=True`),
      findings: error("is no multiple of"),
      fixed: ta(`eval_strategy="steps", eval_steps=1/30, save_steps=1/30, load_best_model_at_end=True`),
    },
    {
      name: "steps to match once the strategies do",
      code: ta(`eval_strategy="steps", eval_steps=50, ⟦save_strategy="epoch"⟧, load_best_model_at_end=True`),
      findings: error("needs equal strategies"),
      fixed: ta(`eval_strategy="steps", eval_steps=50, save_steps=50, save_strategy="steps", load_best_model_at_end=True`),
    },
    {
      name: "float remainder, version unknown",
      code: ta(`eval_strategy="steps", eval_steps=0.1, ⟦save_steps=0.5⟧, load_best_model_at_end=True`),
      findings: warning("raises ValueError before transformers 4.53, and from 4.53 on saves between evaluations"),
      fixed: ta(`eval_strategy="steps", eval_steps=0.1, save_steps=0.1, load_best_model_at_end=True`),
    },
    {
      name: "float remainder in 4.46",
      code: ta(`eval_strategy="steps", eval_steps=0.1, ⟦save_steps=0.5⟧, load_best_model_at_end=True`),
      versions: { transformers: "4.46.3" },
      findings: error("leaves a float remainder"),
      fixed: ta(`eval_strategy="steps", eval_steps=0.1, save_steps=0.1, load_best_model_at_end=True`),
    },
    {
      name: "in a method, with self attributes",
      code: py`
        from transformers import TrainingArguments
        class Run:
            def __init__(self):
                self.options = {"eval_strategy": "epoch"}
            def arguments(self):
                return TrainingArguments("out", ⟦load_best_model_at_end=True⟧, **self.options)
      `,
      findings: error("raises ValueError"),
      fixed: py`
        from transformers import TrainingArguments
        class Run:
            def __init__(self):
                self.options = {"eval_strategy": "epoch", "save_strategy": "epoch"}
            def arguments(self):
                return TrainingArguments("out", load_best_model_at_end=True, **self.options)
      `,
    },
  ],
});

describe("the library's own truth table (facts: executed on 4.57.6 and 5.18.0)", () => {
  const ok = "ok";
  it.each([
    ["100", "300", ok], ["100", "250", "multiple"], ["0.1", "0.5", ok], ["0.1", "0.3", ok], ["0.1", "0.7", ok], ["0.1", "0.25", "multiple"],
    ["0.15", "0.45", ok], ["0.2", "0.1", "multiple"], ["1/3", "2/3", ok], ["1/7", "2/7", ok], ["1/30", "0.1", "multiple"], ["1/12", "0.25", "multiple"],
    ["0.1", "500", "mix"], ["0.2", "500", "mix"], ["0.5", "500", ok], ["0.25", "500", ok], ["0.1", "1", "mix"], ["0.2", "1", "mix"], ["0.5", "1", ok],
    ["100", "0.5", "mix"], ["200", "100", "multiple"], ["100", "0", ok], ["100.0", "200.0", ok],
  ])("eval_steps=%s, save_steps=%s: %s", (evalSteps, saveSteps, expected) => {
    const code = ta(`eval_strategy="steps", eval_steps=${evalSteps}, save_steps=${saveSteps}, load_best_model_at_end=True`);
    const [finding] = check(code, { versions: { transformers: "4.57.6" } }, [rule]);
    if (expected === ok) expect(finding).toBeUndefined();
    else expect(finding?.message).toContain(expected);
  });
});
