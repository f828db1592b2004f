/** The data against the arguments of SFTTrainer and SFTConfig that were read by hand at each release where they changed (`fixtures/trl-sft.json`). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Versions } from "../../server/src/environment/versions.js";
import type { Callable } from "../../server/src/knowledge/callable.js";
import { shippedKnowledge } from "../support/knowledge.js";

const fixture = z.record(z.string(), z.record(z.string(), z.array(z.string()))).parse(JSON.parse(readFileSync(new URL("fixtures/trl-sft.json", import.meta.url), "utf8")));
const stored = new Set(shippedKnowledge.library("trl")?.releases.texts);

function callable(name: string): Callable {
  const found = shippedKnowledge.callable(`trl.${name}`);
  if (!found) throw new Error(`no trl.${name} in the data`);
  return found;
}

function at(version: string, transformers = "==4.46.3"): Versions {
  return Versions.from({ trl: version, transformers }, "test");
}

describe.each(Object.entries(fixture).filter(([version]) => stored.has(version)))("trl %s", (version, read) => {
  it.each(Object.entries(read).filter(([name]) => !name.startsWith("_")))("%s takes what was read", (name, parameters) => {
    const signature = callable(name).signature(at(`==${version}`));
    const own = new Set([...(signature?.positional ?? []), ...(signature?.keywordOnly ?? [])]);
    expect([...own].filter((parameter) => parameters.includes(parameter)).sort()).toEqual([...parameters].sort());
    // More than what was read are the fields of TRL's own base config, and `tokenizer` where a decorator translates it.
    const known = new Set([...parameters, ...(read["_BaseConfig"] ?? read["BaseConfig"] ?? []), "tokenizer"]);
    expect([...own].filter((parameter) => !known.has(parameter))).toEqual([]);
  });
});

describe("over the releases", () => {
  it("knows the moves between trainer and config", () => {
    expect(callable("SFTTrainer").accepts("max_seq_length", at("==0.8.6")).in).toBe("all");
    expect(callable("SFTTrainer").accepts("max_seq_length", at("==0.13.0"))).toMatchObject({ in: "none", until: "0.13.0" });
    expect(callable("SFTConfig").accepts("max_seq_length", at("==0.15.2")).in).toBe("all");
    expect(callable("SFTConfig").accepts("max_seq_length", at("==0.20.0")).in).toBe("none");
    expect(callable("SFTConfig").parameter("max_seq_length", at("==0.16.0"))?.replacement).toBe("max_length");
    expect(callable("DPOTrainer").accepts("beta", at("==0.12.0")).in).toBe("all");
    expect(callable("DPOTrainer").accepts("beta", at("==0.13.0")).in).toBe("none");
  });

  it("takes what TrainingArguments takes, by the version of transformers", () => {
    const config = callable("SFTConfig");
    expect(config.accepts("eval_strategy", at("==0.13.0", "==4.40.2")).in).toBe("none");
    expect(config.accepts("eval_strategy", at("==0.13.0", "==4.46.3")).in).toBe("all");
    expect(config.parameter("learning_rate", at("==0.13.0"))?.default).toBe("2.0e-5");
  });

  it("knows the values of a loss", () => {
    const history = shippedKnowledge.library("trl");
    expect(history?.allows("trl.DPOConfig.loss_type", "exo_pair", at("==0.13.0"))?.in).toBe("all");
    expect(history?.allows("trl.DPOConfig.loss_type", "kto_pair", at("==0.13.0"))?.in).toBe("none");
    expect(callable("GRPOConfig").parameter("loss_type", at("==0.20.0"))?.choices).toEqual(["grpo", "bnpo", "dr_grpo"]);
  });

  it("knows what can be imported", () => {
    const exported = (name: string, version: string): string | undefined => shippedKnowledge.exported("trl", name, at(version))?.in;
    expect(exported("DataCollatorForCompletionOnlyLM", "==0.19.1")).toBe("all");
    expect(exported("DataCollatorForCompletionOnlyLM", "==0.20.0")).toBe("none");
    expect(exported("SFTTrainer", "==0.4.1")).toBe("none");
    expect(exported("PPOTrainer", ">=0.4")).toBe("some");
  });
});
