import { describe, expect, it } from "vitest";
import { Versions } from "../../server/src/environment/versions.js";
import { completionHelp, completionsAt, type Completion } from "../../server/src/features/completion.js";
import { fakeKnowledge } from "../support/fakeKnowledge.js";
import { parser } from "../support/parser.js";

const IMPORTS = "from transformers import TrainingArguments, Trainer, pipeline\nfrom trl import SFTConfig\nimport transformers as tf\n";

/** @param marked the script after its imports, with `|` for the cursor. */
function complete(marked: string, versions: Readonly<Record<string, string>> = {}): Completion[] {
  const whole = IMPORTS + marked;
  const offset = whole.indexOf("|");
  return completionsAt(whole.replace("|", ""), offset, { knowledge: fakeKnowledge, versions: Versions.from(versions, "--versions"), parse: (text) => parser.parse(text) });
}

/** The labels in the order in which an editor shows them. */
function labels(marked: string, versions: Readonly<Record<string, string>> = {}): string[] {
  return complete(marked, versions)
    .sort((a, b) => a.rank - b.rank)
    .map(({ label }) => label);
}

/** The script after the completion with this label was taken. */
function taken(marked: string, label: string): string {
  const found = complete(marked).find((each) => each.label === label);
  if (!found) throw new Error(`no completion ${label}`);
  const text = IMPORTS + marked.replace("|", "");
  return (text.slice(0, found.replaced.start) + found.insertText + text.slice(found.replaced.end)).slice(IMPORTS.length);
}

const NEWEST = ["output_dir=", "do_eval=", "eval_strategy=", "eval_steps=", "max_steps=", "save_strategy="];

describe("the arguments of a call", () => {
  it("are those of the version, the usual ones first and the deprecated ones last", () => {
    expect(labels("TrainingArguments(|)", { transformers: "5.0.0" })).toEqual(NEWEST);
    expect(labels("TrainingArguments(|)", { transformers: "4.45.2" }).at(-1)).toBe("evaluation_strategy=");
    expect(labels("TrainingArguments(|)", { transformers: "4.40.0" })).not.toContain("eval_strategy=");
    expect(complete("TrainingArguments(|)", { transformers: "4.45.2" }).filter(({ isDeprecated }) => isDeprecated).map(({ label }) => label)).toEqual(["evaluation_strategy="]);
  });

  it("that it hasn't got yet, by name, by position or in what is unpacked", () => {
    expect(labels("TrainingArguments('out', eval_steps=5, |\n    max_steps=10,\n)", { transformers: "5.0.0" })).toEqual(["do_eval=", "eval_strategy=", "save_strategy="]);
    expect(labels("common = {'eval_steps': 5}\nTrainingArguments(**common, |)", { transformers: "5.0.0" })).not.toContain("eval_steps=");
  });

  it.each([
    ["while a word is typed", "args = TrainingArguments(ou|)"],
    ["in the middle of a word", "args = TrainingArguments(ou|tput)"],
    ["without a closing bracket", "args = TrainingArguments(ou|"],
    ["without a closing bracket, with code below", "args = TrainingArguments(ou|\n\ntrainer = Trainer(args=args)\ntrainer.train()\n"],
    ["on a line of its own", "args = TrainingArguments(\n    do_eval=True,\n    |\n)\n"],
    ["before other arguments", "args = TrainingArguments(\n    ou|\n    do_eval=True,\n)\n"],
    ["below a comment", "args = TrainingArguments(  # (why\n    |\n)\n"],
    ["inside an unfinished try", "try:\n    args = TrainingArguments(ou|"],
    ["in a function that isn't finished", "def main(\n    a,\n):\n    args = TrainingArguments(ou|\n"],
    ["through an alias", "args = tf.TrainingArguments(ou|)"],
    ["in a nested call", "trainer = Trainer(model, args=TrainingArguments(ou|))"],
    ["of a subclass in another library", "args = SFTConfig(ou|)"],
    ["on CRLF lines", "args = TrainingArguments(\r\n    do_eval=True,\r\n    ou|\r\n)\r\n"],
    ["after characters beyond the BMP", "name = '🤗🤗'; args = TrainingArguments(run_name='🤗', ou|)"],
  ])("%s", (_, marked) => {
    expect(labels(marked)).toContain("output_dir=");
  });

  it.each([
    ["in a string", "TrainingArguments('|')"],
    ["in a comment", "TrainingArguments(  # |\n)"],
    ["in a value", "TrainingArguments(do_eval=|)"],
    ["after an operator", "TrainingArguments(do_eval=a + |)"],
    ["inside a list", "TrainingArguments([|])"],
    ["in a call of the file's own", "def TrainingArguments(): ...\nTrainingArguments(|)"],
    ["in a call of something else", "print(|)"],
    ["outside of any call", "|"],
    ["behind a call", "TrainingArguments()|"],
    ["in a definition", "def f(|): ..."],
    ["in a number", "TrainingArguments(1|)"],
  ])("none %s", (_, marked) => {
    expect(labels(marked).filter((label) => label.endsWith("="))).toEqual([]);
  });

  it("replace what is typed of them", () => {
    expect(taken("TrainingArguments(ou|tput)", "output_dir=")).toBe("TrainingArguments(output_dir=)");
    expect(taken("TrainingArguments(ev|=5)", "eval_steps=")).toBe("TrainingArguments(eval_steps=5)");
    expect(taken("TrainingArguments(do_eval=True, |", "eval_steps=")).toBe("TrainingArguments(do_eval=True, eval_steps=");
  });

  it("of a library of which nothing is known: none", () => {
    expect(labels("from peft import LoraConfig\nLoraConfig(|)")).toEqual([]);
  });
});

describe("the values of an argument", () => {
  it.each([
    ["inside its quotes", "TrainingArguments(eval_strategy='|')", ["no", "steps", "epoch"]],
    ["inside quotes with a word", "TrainingArguments(eval_strategy=\"st|eps\", do_eval=True)", ["no", "steps", "epoch"]],
    ["without a closing quote", "TrainingArguments(eval_strategy='|\n", ["no", "steps", "epoch"]],
    ["without quotes", "TrainingArguments(eval_strategy=|)", ['"no"', '"steps"', '"epoch"']],
    ["without quotes, with a word", "TrainingArguments(\n    eval_strategy=st|,\n)", ['"no"', '"steps"', '"epoch"']],
    ["in a dict that is unpacked", "common = {'eval_strategy': '|'}\nTrainingArguments(**common)", ["no", "steps", "epoch"]],
    ["by position", "pipe = pipeline('|')", ["text-generation", "summarization"]],
    ["of an argument with no list of values", "TrainingArguments(output_dir='|')", []],
    ["of an unknown argument", "TrainingArguments(nothing='|')", []],
    ["in a comparison", "print(eval_strategy == '|')", []],
  ])("%s", (_, marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  it("by version", () => {
    expect(labels("TrainingArguments(save_strategy='|')", { transformers: "4.45.2" })).toEqual(["no", "steps", "epoch"]);
    expect(labels("TrainingArguments(save_strategy='|')", { transformers: "5.0.0" })).toEqual(["no", "steps", "epoch", "best"]);
  });

  it("replace what is between the quotes", () => {
    expect(taken("TrainingArguments(eval_strategy='st|eps', a=1)", "epoch")).toBe("TrainingArguments(eval_strategy='epoch', a=1)");
    expect(taken("TrainingArguments(eval_strategy=|)", '"epoch"')).toBe('TrainingArguments(eval_strategy="epoch")');
    expect(taken("TrainingArguments(eval_strategy='|)", "epoch")).toBe("TrainingArguments(eval_strategy='epoch)");
  });
});

it("explains itself as a hover does", () => {
  const help = completionHelp({ callable: "transformers.TrainingArguments", parameter: "eval_steps" }, fakeKnowledge, Versions.from({ transformers: "5.0.0" }, "test"));
  expect(help).toContain("eval_steps: float | None = None");
  expect(help).toContain("Falls back to `logging_steps`");
});

it("never throws, wherever the cursor is", () => {
  const script = `${IMPORTS}args = TrainingArguments("out", eval_strategy="steps", **{"eval_steps": 5}, # (\n  do_eval=[1, (2)],\n)\nSFTConfig(max_length=`;
  for (let offset = 0; offset <= script.length; offset++) {
    completionsAt(script.slice(0, offset), offset, { knowledge: fakeKnowledge, versions: Versions.unknown, parse: (text) => parser.parse(text) });
    completionsAt(script, offset, { knowledge: fakeKnowledge, versions: Versions.unknown, parse: (text) => parser.parse(text) });
  }
});
