/** The data against what transformers 4.57.6 and 5.18.0 said of themselves when they were run (`fixtures/transformers.json`). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Versions } from "../../server/src/environment/versions.js";
import type { Callable } from "../../server/src/knowledge/callable.js";
import { shippedKnowledge } from "../support/knowledge.js";

const names = z.array(z.string());
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const fixture = z
  .record(
    z.string(),
    z.strictObject({
      TrainingArguments: values,
      Seq2SeqTrainingArguments: values,
      Trainer: names,
      train: names,
      generate: names,
      pipeline: names,
      GenerationConfig: names,
      values: z.record(z.string(), names),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("fixtures/transformers.json", import.meta.url), "utf8")));

function callable(name: string): Callable {
  const found = shippedKnowledge.callable(`transformers.${name}`);
  if (!found) throw new Error(`no transformers.${name} in the data`);
  return found;
}

describe.each(Object.entries(fixture))("transformers %s", (version, real) => {
  const versions = Versions.from({ transformers: `==${version}` }, "test");
  const positional = (name: string): readonly string[] => callable(name).signature(versions)?.positional ?? [];

  it("has the fields of TrainingArguments in their order", () => {
    expect(positional("TrainingArguments")).toEqual(Object.keys(real.TrainingArguments));
    expect(positional("Seq2SeqTrainingArguments")).toEqual([...Object.keys(real.TrainingArguments), ...Object.keys(real.Seq2SeqTrainingArguments)]);
  });

  it("has their defaults", () => {
    for (const [field, value] of Object.entries({ ...real.TrainingArguments, ...real.Seq2SeqTrainingArguments })) {
      const text = callable("Seq2SeqTrainingArguments").parameter(field, versions)?.default;
      // What depends on the installed PyTorch, and a list made for each instance.
      if (text === "..." && field === "optim") continue;
      if (value === "<factory>") expect(text, field).toBe("[]");
      else if (typeof value === "number") expect(Number(text), field).toBe(value);
      else expect(text, field).toBe(value === null ? "None" : value === true ? "True" : value === false ? "False" : `"${value}"`);
    }
  });

  it.each(["Trainer", "generate", "pipeline"] as const)("has the parameters of %s in their order", (name) => {
    expect(positional(name === "generate" ? "PreTrainedModel.generate" : name)).toEqual(real[name]);
  });

  it("knows what train() takes", () => {
    expect(positional("Trainer.train")).toEqual(real.train);
    expect(callable("Trainer.train").accepts("resume_from_chekpoint", versions).in).toBe("none");
  });

  it("takes every key of a GenerationConfig in generate()", () => {
    // An attribute that 4.57 sets itself: no argument, and not refused as one.
    for (const key of real.GenerationConfig.filter((other) => version !== "4.57.6" || other !== "is_assistant")) {
      for (const name of ["GenerationConfig", "PreTrainedModel.generate"]) expect(callable(name).accepts(key, versions).in, `${name}(${key})`).toBe("all");
    }
  });

  it.each(Object.entries(real.values))("has the values of %s", (list, allowed) => {
    const history = shippedKnowledge.library("transformers");
    const [release] = history?.met(versions) ?? [];
    // Tasks that are other names of a class have no key of their own in the real dict; the data may know more of them.
    expect(history?.choices(list)?.at(release ?? -1)).toEqual(expect.arrayContaining([...allowed]));
    expect(history?.allows(list, "nonsense", versions)?.in).toBe("none");
  });
});

describe("over the releases", () => {
  const at = (version: string): Versions => Versions.from({ transformers: version }, "test");
  const args = callable("TrainingArguments");

  it("knows since when and until when an argument is taken", () => {
    expect(args.accepts("eval_strategy", at("==4.40.2"))).toMatchObject({ in: "none", since: "4.41.0" });
    expect(args.accepts("eval_strategy", at(">=4.41"))).toMatchObject({ in: "all" });
    expect(args.accepts("evaluation_strategy", at("==4.57.6"))).toMatchObject({ in: "none", until: "4.51.0" });
    expect(args.accepts("evaluation_strategy", at(">=4.40,<5"))).toMatchObject({ in: "some" });
    expect(args.accepts("evaluation_stratgy", Versions.unknown)).toMatchObject({ in: "none", ever: false });
  });

  it("knows what an argument is called instead", () => {
    expect(args.parameter("evaluation_strategy", at("==4.44.2"))).toMatchObject({ replacement: "eval_strategy" });
    expect(args.parameter("no_cuda", at("==4.44.2"))?.replacement).toBe("use_cpu");
    expect(args.parameter("evaluation_strategy", at("==4.30.0"))?.deprecated).toBeUndefined();
  });

  it("knows that a decorator still takes a former name", () => {
    const trainer = callable("Trainer");
    expect(trainer.parameter("tokenizer", at("==4.46.3"))).toMatchObject({ position: undefined, replacement: "processing_class" });
    expect(trainer.accepts("tokenizer", at("==4.44.2"))).toMatchObject({ in: "all" });
    expect(trainer.accepts("tokenizer", at("==5.0.0"))).toMatchObject({ in: "none" });
    expect(trainer.accepts("processing_class", at("==4.45.2"))).toMatchObject({ in: "none" });
  });

  it("doesn't say of an open **kwargs that it refuses anything", () => {
    const load = callable("AutoModelForCausalLM.from_pretrained");
    expect(load.accepts("torch_dtype", at("==4.46.3")).in).toBe("all");
    expect(load.accepts("output_attentions", at("==4.46.3")).in).toBe("unknown");
  });

  it("knows what can be imported", () => {
    expect(shippedKnowledge.exported("transformers", "AdamW", at("==4.40.2"))?.in).toBe("all");
    expect(shippedKnowledge.exported("transformers", "AdamW", at("==5.0.0"))?.in).toBe("none");
    expect(shippedKnowledge.exported("transformers", "LlamaTokenizerFast", at("==5.18.0"))?.in).toBe("all");
    expect(shippedKnowledge.exported("transformers", "Qwen2ForCausalLM", at("==4.36.2"))).toMatchObject({ in: "none", since: "4.37.0" });
    expect(shippedKnowledge.exported("transformers.nowhere", "x", Versions.unknown)).toBeUndefined();
  });
});
