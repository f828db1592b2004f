/** What is offered to a script that ran out of GPU memory, as its text afterwards. */
import { describe, expect, it } from "vitest";
import { applyEdits } from "../../server/src/analysis/applyEdits.js";
import { memoryRemedies, type Phase } from "../../server/src/features/memoryRemedies.js";
import { scriptOf } from "../support/script.js";

const start = "from transformers import TrainingArguments\n";

/** The arguments after each remedy. */
function after(args: string, phase: Phase = "training"): string[] {
  const text = `${start}args = TrainingArguments(${args})\n`;
  return memoryRemedies(scriptOf(text), phase).map(({ edits }) => applyEdits(text, edits).slice(`${start}args = TrainingArguments(`.length, -2));
}

describe("a training that ran out of memory", () => {
  it("is offered a smaller batch with the same product, checkpointing, precision, and an optimizer", () => {
    expect(after("'out', per_device_train_batch_size=16, gradient_accumulation_steps=2")).toEqual([
      "'out', per_device_train_batch_size=8, gradient_accumulation_steps=4",
      "'out', per_device_train_batch_size=16, gradient_accumulation_steps=2, gradient_checkpointing=True",
      "'out', per_device_train_batch_size=16, gradient_accumulation_steps=2, bf16=True",
      '\'out\', per_device_train_batch_size=16, gradient_accumulation_steps=2, optim="adamw_bnb_8bit"',
    ]);
  });

  it.each([
    ["'out'", "'out', per_device_train_batch_size=4, gradient_accumulation_steps=2"],
    ["'out', per_device_train_batch_size=3", "'out', per_device_train_batch_size=1, gradient_accumulation_steps=3"],
    ["\n    'out',\n    per_device_train_batch_size=4,\n", "\n    'out',\n    per_device_train_batch_size=2,\n    gradient_accumulation_steps=2,\n"],
  ])("TrainingArguments(%s) becomes (%s)", (args, expected) => {
    expect(after(args)[0]).toBe(expected);
  });

  it.each([
    ["'out', per_device_train_batch_size=1, gradient_checkpointing=True, fp16=True, optim='adafactor'"],
    ["'out', per_device_train_batch_size=n, gradient_checkpointing=flag, bf16=flag, optim=name"],
    ["'out', **more"],
    ["'out', auto_find_batch_size=True, gradient_checkpointing=True, bf16=True, optim='sgd'"],
  ])("nothing is offered that is there already or can't be known: %s", (args) => {
    expect(after(args)).toEqual([]);
  });

  it("what trl calls its own configuration counts too", () => {
    const text = "from trl import SFTConfig\nSFTConfig('out', per_device_train_batch_size=2, bf16=True, gradient_checkpointing=True, optim='adafactor')\n";
    expect(memoryRemedies(scriptOf(text), "training").map(({ title }) => title)).toEqual(["Batches of 1 instead of 2, accumulated 2 times: the optimizer sees the same"]);
  });
});

it("an evaluation that ran out of memory is offered what helps an evaluation", () => {
  expect(after("'out', per_device_eval_batch_size=64", "evaluation")).toEqual(["'out', per_device_eval_batch_size=32", "'out', per_device_eval_batch_size=64, eval_accumulation_steps=16"]);
});
