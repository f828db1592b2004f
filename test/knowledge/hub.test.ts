/** What is known of checkpoints and datasets on the Hub. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkpoint, checkpointFacts } from "../../server/src/knowledge/checkpoints.js";
import datasets from "../../server/src/knowledge/datasets.json" with { type: "json" };
import { hubDataset } from "../../server/src/knowledge/hubDatasets.js";
import models from "../../server/src/knowledge/models.json" with { type: "json" };

const token = z.union([z.string().min(1), z.null()]);
const modelRow = z.strictObject({
  match: z.string(),
  beams: z.int().positive().optional(),
  samples: z.boolean().optional(),
  mask: token.optional(),
  pad: token.optional(),
  context: z.int().positive().optional(),
  source: z.string().min(10),
});
const names = z.array(z.string()).min(1);
const datasetRow = z.strictObject({ match: z.string(), config: z.string().optional(), columns: names, splits: names, unlabelled: names.optional(), source: z.string().min(10) });

it("has rows of the right shape, each with its source", () => {
  expect(z.array(modelRow).parse(models).length).toBeGreaterThan(30);
  for (const { splits, unlabelled } of z.array(datasetRow).parse(datasets)) expect(splits).toEqual(expect.arrayContaining(unlabelled ?? []));
});

describe("checkpoints", () => {
  it("are found by their whole name, with or without the organisation", () => {
    expect(checkpoint("gpt2")).toMatchObject({ mask: null, pad: null, context: 1024 });
    expect(checkpoint("openai-community/gpt2-xl")).toEqual(checkpoint("gpt2-xl"));
    expect(checkpoint("my/gpt2")).toBeUndefined();
    expect(checkpoint("gpt2-finetuned")).toBeUndefined();
  });

  it("have the tokens of their tokenizers", () => {
    expect(checkpoint("google-bert/bert-base-uncased")).toMatchObject({ mask: "[MASK]", pad: "[PAD]", context: 512 });
    expect(checkpoint("FacebookAI/roberta-base")?.mask).toBe("<mask>");
    expect(checkpoint("Qwen/Qwen2.5-0.5B-Instruct")?.pad).toBe("<|endoftext|>");
  });

  it("generate by themselves as their configs say, where that is known", () => {
    expect(checkpointFacts("facebook/bart-large-cnn")).toMatchObject({ beams: 4, samples: false });
    expect(checkpointFacts("bert-base-uncased")).toBeUndefined();
  });
});

describe("datasets", () => {
  it("have their columns and splits", () => {
    expect(hubDataset("imdb", undefined)).toMatchObject({ columns: ["text", "label"], unlabelled: ["unsupervised"] });
    expect(hubDataset("rajpurkar/squad_v2", undefined)?.splits).toEqual(["train", "validation"]);
  });

  it("depend on the configuration where they have several", () => {
    expect(hubDataset("nyu-mll/glue", "mrpc")?.columns).toEqual(["sentence1", "sentence2", "label", "idx"]);
    expect(hubDataset("glue", "sst2")?.columns).toEqual(["sentence", "label", "idx"]);
    expect(hubDataset("glue", undefined)).toBeUndefined();
    expect(hubDataset("somebody/glue", "sst2")).toBeUndefined();
  });
});
