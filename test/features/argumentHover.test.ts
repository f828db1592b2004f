import { describe, expect, it } from "vitest";
import { Versions } from "../../server/src/environment/versions.js";
import { argumentHoverAt } from "../../server/src/features/argumentHover.js";
import { fakeKnowledge } from "../support/fakeKnowledge.js";
import { shippedKnowledge } from "../support/knowledge.js";
import { scriptOf } from "../support/script.js";

/** The hover on the first place of some words in a script, or undefined. */
function hover(script: string, words: string, versions: Readonly<Record<string, string>> = {}): { on: string; says: string } | undefined {
  const text = `from transformers import TrainingArguments\nfrom trl import SFTConfig\n${script}`;
  const found = argumentHoverAt(scriptOf(text), text.indexOf(words) + 1, fakeKnowledge, Versions.from(versions, "--versions"));
  return found && { on: text.slice(found.range.start, found.range.end), says: found.markdown };
}

describe("a hover on an argument", () => {
  it("says its type, its default, what it is for, its values and since when", () => {
    expect(hover('TrainingArguments(eval_strategy="steps")', "eval_strategy", { transformers: "4.57.6" })).toEqual({
      on: "eval_strategy",
      says: [
        "```python\neval_strategy: IntervalStrategy | str = 'no'\n```",
        "When to evaluate while training. With `load_best_model_at_end` it has to fit `save_strategy`.",
        'Values: `"no"` · `"steps"` · `"epoch"`',
        "*transformers 4.57.6 · since 4.41.0*",
      ].join("\n\n"),
    });
  });

  it("names no version where none is known", () => {
    expect(hover('TrainingArguments(eval_strategy="steps")', "eval_strategy")?.says).toContain("*transformers · since 4.41.0*");
  });

  it("says what replaces a deprecated one, and that another one is gone", () => {
    const script = 'TrainingArguments(evaluation_strategy="steps")';
    expect(hover(script, "evaluation_strategy", { transformers: "4.45.2" })?.says).toContain("**Deprecated**: use `eval_strategy`");
    expect(hover(script, "evaluation_strategy", { transformers: "5.0.0" })?.says).toContain("**Not accepted by transformers 5.0.0** · until 4.46.0");
  });

  it("follows a dict to the call that it is unpacked into", () => {
    expect(hover('common = {"eval_steps": 5}\nTrainingArguments(**common)', '"eval_steps"')).toMatchObject({ on: '"eval_steps"' });
    expect(hover("common = dict(eval_steps=5)\nTrainingArguments(**common)", "eval_steps")).toMatchObject({ on: "eval_steps" });
    expect(hover('common = {"eval_steps": 5}', '"eval_steps"')).toBeUndefined();
  });

  it("knows a base's arguments by the base's version", () => {
    expect(hover("SFTConfig(eval_steps=5)", "eval_steps", { trl: "1.13.0", transformers: "5.0.0" })?.says).toContain("*transformers 5.0.0*");
    expect(hover("SFTConfig(max_length=5)", "max_length", { trl: "1.13.0" })?.says).toContain("*trl 1.13.0 · since 1.13.0*");
  });

  it.each([
    ["a value", "TrainingArguments(eval_steps=VALUE)", "VALUE"],
    ["an argument that no release has", "TrainingArguments(nonsense=1)", "nonsense"],
    ["an argument of the file's own function", "def f(eval_steps): ...\nf(eval_steps=1)", "eval_steps=1"],
    ["a call's name", "x = TrainingArguments()", "x = T"],
  ])("says nothing on %s", (_, script, words) => {
    expect(hover(script, words)).toBeUndefined();
  });

  it("narrows the versions by the branch it stands on", () => {
    const script = `import transformers
from packaging import version
if version.parse(transformers.__version__) < version.parse("4.41"):
    args = TrainingArguments(evaluation_strategy="steps")
`;
    expect(hover(script, "evaluation_strategy")?.says).not.toContain("Deprecated");
    expect(hover('TrainingArguments(evaluation_strategy="steps")', "evaluation_strategy")?.says).toContain("Deprecated");
  });
});

describe("with what ships", () => {
  const shipped = (script: string, words: string, versions: Readonly<Record<string, string>>): string | undefined =>
    argumentHoverAt(scriptOf(script), script.indexOf(words) + 1, shippedKnowledge, Versions.from(versions, "--versions"))?.markdown;

  it("says where an argument has gone", () => {
    const script = 'from trl import SFTTrainer\nSFTTrainer("m", max_seq_length=512)\n';
    expect(shipped(script, "max_seq_length", { trl: "0.15.2" })).toContain("It is an argument of `SFTConfig` now");
    expect(shipped(script, "max_seq_length", { trl: "0.8.6" })).not.toContain("SFTConfig");
  });

  it("knows models, tokenizers, and the values of their arguments", () => {
    const head = "from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig\n";
    const model = `${head}model = AutoModelForCausalLM.from_pretrained("m", device_map="auto")\nmodel.generate(max_new_tokens=5)\n`;
    expect(shipped(model, "max_new_tokens", { transformers: "5.0.0" })).toContain("Tokens to generate beyond the prompt.");
    expect(shipped(model, "device_map", { transformers: "4.57.6" })).toContain("Where the weights go while loading");
    expect(shipped(`${head}tokenizer = AutoTokenizer.from_pretrained("m")\ntokenizer("a", padding=True)\n`, "padding", {})).toContain("padding: bool | str | PaddingStrategy");
  });
});
