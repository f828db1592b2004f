/** Arguments on the command line, as the script that they amount to. */
import { describe, expect, it } from "vitest";
import { commandLineScript, parsedTrainingArguments } from "../../server/src/features/commandLineScript.js";
import { scriptOf } from "../support/script.js";

describe("the class that a parser builds", () => {
  it.each([
    ["from transformers import HfArgumentParser, TrainingArguments\nHfArgumentParser((ModelArguments, TrainingArguments))\n", "transformers.TrainingArguments"],
    ["from transformers import HfArgumentParser as P, Seq2SeqTrainingArguments as S\nP(S)\n", "transformers.Seq2SeqTrainingArguments"],
    ["from trl import TrlParser, SFTConfig, ModelConfig\nTrlParser((ScriptArguments, SFTConfig, ModelConfig))\n", "trl.SFTConfig"],
    ["from transformers import HfArgumentParser\nHfArgumentParser(Mine)\n", undefined],
    ["from transformers import TrainingArguments\nTrainingArguments('out')\n", undefined],
  ])("%j: %s", (text, name) => {
    expect(parsedTrainingArguments(scriptOf(text))).toBe(name);
  });
});

describe("a command line", () => {
  const known = new Set(["output_dir", "save_strategy", "eval_steps", "learning_rate", "bf16", "report_to", "load_best_model_at_end", "dataloader_pin_memory"]);
  const call = (...args: string[]): string | undefined => commandLineScript("transformers.TrainingArguments", args, known)?.split("\n")[2];

  it.each([
    [["--output_dir", "out", "--save_strategy=epoch"], 'TrainingArguments(output_dir="out", save_strategy="epoch")'],
    [["--learning-rate", "5e-5", "--eval_steps", "0.1"], "TrainingArguments(learning_rate=5e-5, eval_steps=0.1)"],
    [["--bf16", "--load_best_model_at_end", "true", "--no_dataloader_pin_memory"], "TrainingArguments(bf16=True, load_best_model_at_end=True, dataloader_pin_memory=False)"],
    [["--report_to", "wandb", "tensorboard", "--bf16"], 'TrainingArguments(report_to=["wandb", "tensorboard"], bf16=True)'],
    [["--model_name_or_path", "gpt2", "--bf16"], "TrainingArguments(bf16=True)"],
    [["--bf16", "False", "--bf16", "True"], "TrainingArguments(bf16=True)"],
    [["--output_dir", 'a"b'], 'TrainingArguments(output_dir="a\\"b")'],
    [["--eval_steps", "-1"], "TrainingArguments(eval_steps=-1)"],
  ])("%j is %s", (args, expected) => {
    expect(call(...args)).toBe(expected);
  });

  it("without any of them is nothing to check", () => {
    expect(call("config.json")).toBeUndefined();
  });
});
