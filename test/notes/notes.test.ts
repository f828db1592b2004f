/**
 * Scripts in the form in which people's own notes keep them, with the mistakes that such notes keep too: exactly these findings and no other
 * at warning or above, with the versions unknown.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { check } from "../support/ruleTest.js";

/** Script -> rule and the text that it is about. */
const EXPECTED: Readonly<Record<string, readonly (readonly [rule: string, about: string])[]>> = {
  computeMetrics: [],
  controlledWords: [
    ["transformers/misspelled-tokenizer-attribute", "pad_token_ids"],
    ["generation/removed-decoding-mode", "force_words_ids=words_ids"],
  ],
  gpuMemory: [],
  ownEvaluator: [],
  sentenceTriplets: [["sentence-transformers/endless-negative-sampling", 'test_df[["sentence", "label"]].to_dict("records")']],
  shortSft: [["trl/moved-to-config", "dataset_text_field"]],
  simpletransformersSteps: [],
  threeWaysToGenerate: [
    ["langchain/removed-import", "langchain.llms.huggingface_pipeline"],
    ["langchain/discarded-sequences", '"num_return_sequences": 5'],
    ["langchain/called-llm", "llm"],
  ],
  vanillaTrainer: [
    ["python/constant-randint", "1"],
    ["transformers/removed-argument", '"evaluation_strategy"'],
    ["transformers/evaluation-without-dataset", "Trainer"],
  ],
};

/** What is only advised there. */
const ADVISED: Readonly<Record<string, readonly (readonly [rule: string, about: string])[]>> = {
  controlledWords: [
    ["generation/dropped-attention-mask", 'inputs["input_ids"]'],
    ["generation/dropped-attention-mask", 'inputs["input_ids"]'],
    ["generation/dropped-attention-mask", 'inputs["input_ids"]'],
  ],
  sentenceTriplets: [["sentence-transformers/dropped-wandb-step", "step=steps"]],
  simpletransformersSteps: [
    ["simpletransformers/ignored-save-flag", "model_args.save_best_model = True"],
    ["simpletransformers/inexact-step-count", "round(len(train_df) / model_args.train_batch_size)"],
    ["simpletransformers/last-model-evaluated", "eval_model"],
  ],
  threeWaysToGenerate: [["generation/shadowed-pipeline", "pipeline"]],
};

const folder = new URL("scripts/", import.meta.url);

it("every script has its row", () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(EXPECTED).map((name) => `${name}.py`).sort());
});

it.each(Object.entries(EXPECTED))("%s", (name, expected) => {
  const text = readFileSync(new URL(`${name}.py`, folder), "utf8");
  const findings = check(text).map(({ rule, severity, range }) => ({ isSerious: severity === "error" || severity === "warning", said: [rule, text.slice(range.start, range.end)] }));
  expect(findings.filter(({ isSerious }) => isSerious).map(({ said }) => said)).toEqual(expected);
  expect(findings.filter(({ isSerious }) => !isSerious).map(({ said }) => said)).toEqual(ADVISED[name] ?? []);
});
