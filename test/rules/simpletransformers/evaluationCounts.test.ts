import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluationCounts } from "../../../server/src/rules/simpletransformers/evaluationCounts.js";
import { scriptOf } from "../../support/script.js";

function hints(text: string): { readonly after: string; readonly label: string; readonly tooltip: string }[] {
  return evaluationCounts(scriptOf(text)).map(({ offset, label, tooltip }) => ({ after: text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).trim(), label, tooltip }));
}

const HEAD = "import pandas as pd\nfrom datasets import load_dataset\nfrom simpletransformers.classification import ClassificationArgs, ClassificationModel\n";
const labels = (args: string, data = 'load_dataset("rotten_tomatoes")["train"].to_pandas()'): string[] =>
  hints(`${HEAD}df = ${data}\nargs = ClassificationArgs(${args})\nm = ClassificationModel("bert", "b", args=args)\nm.train_model(df, eval_df=e)\n`).map(({ label }) => label);

it("counts what the loop of the notes' example really runs", () => {
  const text = readFileSync(new URL("../../notes/scripts/simpletransformersSteps.py", import.meta.url), "utf8");
  expect(hints(text)).toEqual([
    {
      after: "model_args.evaluate_during_training_steps = max(1, round(n_total_steps / n_eval))",
      label: "12 evaluations",
      tooltip: "⌈2000 rows / 32⌉ // 1 × 3 = 189 steps: 9 by steps, every 19, and 3 at the ends of epochs.",
    },
  ]);
});

describe("the number of evaluations", () => {
  it.each([
    // 8530 rows: 1067 batches of 8, 267 of 32.
    ["evaluate_during_training=True, evaluate_during_training_steps=100", ["11 evaluations"]],
    ["evaluate_during_training=True, evaluate_during_training_steps=100, num_train_epochs=2", ["23 evaluations"]],
    ["evaluate_during_training=True, evaluate_during_training_steps=100, evaluate_each_epoch=False", ["10 evaluations"]],
    ["evaluate_during_training=True, evaluate_during_training_steps=50, train_batch_size=32, gradient_accumulation_steps=4", ["2 evaluations"]],
    ["evaluate_during_training=True", ["1 evaluation"]],
    ["evaluate_during_training=True, evaluate_during_training_steps=100, use_early_stopping=True", ["at most 11 evaluations"]],
    ["evaluate_during_training=True, evaluate_during_training_steps=-1, num_train_epochs=5", ["5 evaluations"]],
    ["evaluate_during_training=False, evaluate_during_training_steps=100", []],
    ["evaluate_during_training=True, evaluate_during_training_steps=every", []],
    ["evaluate_during_training=True, evaluate_during_training_steps=100, train_batch_size=b", []],
    ["evaluate_during_training=True, evaluate_during_training_steps=100, **more", []],
    ["evaluate_during_training=True, evaluate_during_training_steps=100, sliding_window=True", []],
  ])("%s", (args, expected) => {
    expect(labels(args)).toEqual(expected);
  });

  it.each([
    ["read_frame()", []],
    ['load_dataset("imdb", split="train[:800]").to_pandas()', ["2 evaluations"]],
    ['load_dataset("imdb", split="train").select(range(1600)).to_pandas()', ["3 evaluations"]],
    ['load_dataset("imdb")["train"].filter(keep).to_pandas()', []],
    ['pd.DataFrame({"text": ["a", "b", "c"], "labels": [0, 1, 0]})', ["1 evaluation"]],
    ['pd.DataFrame(load_dataset("imdb")["test"]).sample(frac=0.1)', ["4 evaluations"]],
    ['pd.DataFrame(load_dataset("imdb")["test"]).sample(n=1000).dropna()', []],
    ['load_dataset("somebody/private")["train"].to_pandas()', []],
  ])("%s", (data, expected) => {
    expect(labels("evaluate_during_training=True, evaluate_during_training_steps=100", data)).toEqual(expected);
  });

  it("is known without the data where only the ends of epochs are evaluated", () => {
    expect(labels("evaluate_during_training=True, evaluate_during_training_steps=0, num_train_epochs=3", "read_frame()")).toEqual(["3 evaluations"]);
  });
});
