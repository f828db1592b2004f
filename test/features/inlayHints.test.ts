import { describe, expect, it } from "vitest";
import { inlayHintsIn, type InlayHintKind } from "../../server/src/features/inlayHints.js";
import { scriptOf } from "../support/script.js";

const ALL: ReadonlySet<InlayHintKind> = new Set(["batchSize", "ratios", "evaluations"]);

/** The call's arguments with each hint, in ⟨⟩, where it is shown. */
function shown(args: string, { before = "", kinds = ALL } = {}): string {
  const start = `from transformers import TrainingArguments\n${before}`;
  const text = `${start}TrainingArguments(${args})\n`;
  const hints = inlayHintsIn(scriptOf(text), { start: 0, end: text.length }, kinds);
  const withHints = [...hints].sort((a, b) => b.offset - a.offset).reduce((result, { offset, label }) => `${result.slice(0, offset)}⟨${label}⟩${result.slice(offset)}`, text);
  return withHints.slice(start.length + "TrainingArguments(".length, -2);
}

describe("the batch that the optimizer sees", () => {
  it.each([
    ["per_device_train_batch_size=4, gradient_accumulation_steps=8", "per_device_train_batch_size=4, gradient_accumulation_steps=8⟨32 per GPU and step⟩"],
    ["gradient_accumulation_steps=4", "gradient_accumulation_steps=4⟨32 per GPU and step⟩"],
    ["gradient_accumulation_steps=1", "gradient_accumulation_steps=1"],
    ["per_device_train_batch_size=4", "per_device_train_batch_size=4"],
    ["per_device_train_batch_size=n, gradient_accumulation_steps=8", "per_device_train_batch_size=n, gradient_accumulation_steps=8"],
    ["gradient_accumulation_steps=8, **more", "gradient_accumulation_steps=8, **more"],
    ["gradient_accumulation_steps=8, auto_find_batch_size=True", "gradient_accumulation_steps=8, auto_find_batch_size=True"],
  ])("%s", (args, expected) => {
    expect(shown(args)).toBe(expected);
  });
});

describe("what a ratio of steps comes to", () => {
  it.each([
    ["max_steps=1000, save_steps=0.1", "max_steps=1000, save_steps=0.1⟨every 100 steps⟩"],
    ["max_steps=333, logging_steps=0.1", "max_steps=333, logging_steps=0.1⟨every 34 steps⟩"],
    ["max_steps=5, logging_steps=0.1", "max_steps=5, logging_steps=0.1⟨every step⟩"],
    ["max_steps=1000, save_steps=100", "max_steps=1000, save_steps=100"],
    ["save_steps=0.1", "save_steps=0.1"],
    ["max_steps=-1, save_steps=0.1", "max_steps=-1, save_steps=0.1"],
    ["max_steps=total, save_steps=0.1", "max_steps=total, save_steps=0.1"],
  ])("%s", (args, expected) => {
    expect(shown(args)).toBe(expected);
  });

  it("reads constants", () => {
    expect(shown("max_steps=STEPS, save_steps=RATIO", { before: "STEPS = 200\nRATIO = 1 / 4\n" })).toBe("max_steps=STEPS, save_steps=RATIO⟨every 50 steps⟩");
  });
});

describe("how often it evaluates", () => {
  it.each([
    ['eval_strategy="epoch"', 'eval_strategy="epoch"⟨3 evaluations⟩'],
    ['eval_strategy="epoch", num_train_epochs=1', 'eval_strategy="epoch"⟨1 evaluation⟩, num_train_epochs=1'],
    ['eval_strategy="epoch", max_steps=100', 'eval_strategy="epoch", max_steps=100'],
    ['eval_strategy="epoch", max_steps=-1', 'eval_strategy="epoch"⟨3 evaluations⟩, max_steps=-1'],
    ['eval_strategy="epoch", num_train_epochs=epochs', 'eval_strategy="epoch", num_train_epochs=epochs'],
    ['evaluation_strategy="steps", eval_steps=30, max_steps=100', 'evaluation_strategy="steps"⟨3 evaluations⟩, eval_steps=30, max_steps=100'],
    ['eval_strategy="steps", logging_steps=50, max_steps=100', 'eval_strategy="steps"⟨2 evaluations⟩, logging_steps=50, max_steps=100'],
    ['eval_strategy="steps", eval_steps=30', 'eval_strategy="steps", eval_steps=30'],
    ['eval_strategy="no", max_steps=100', 'eval_strategy="no", max_steps=100'],
    ['eval_strategy="epoch", eval_delay=1', 'eval_strategy="epoch", eval_delay=1'],
    ['eval_strategy="epoch", eval_on_start=True', 'eval_strategy="epoch", eval_on_start=True'],
    ['eval_strategy="epoch", eval_on_start=False', 'eval_strategy="epoch"⟨3 evaluations⟩, eval_on_start=False'],
  ])("%s", (args, expected) => {
    expect(shown(args)).toBe(expected);
  });
});

it("shows only the kinds that are wanted", () => {
  const args = 'eval_strategy="steps", eval_steps=0.5, max_steps=100, gradient_accumulation_steps=2';
  expect(shown(args, { kinds: new Set() })).toBe(args);
  expect(shown(args, { kinds: new Set(["ratios"]) })).toBe('eval_strategy="steps", eval_steps=0.5⟨every 50 steps⟩, max_steps=100, gradient_accumulation_steps=2');
});

it("shows what the user's own subclass takes nothing of, and a config of trl's takes", () => {
  const text = "from trl import SFTConfig\nclass TrainingArguments: ...\nTrainingArguments(gradient_accumulation_steps=2)\nSFTConfig(gradient_accumulation_steps=2)\n";
  const hints = inlayHintsIn(scriptOf(text), { start: 0, end: text.length }, ALL);
  expect(hints.map(({ offset }) => offset)).toEqual([text.length - 2]);
});
