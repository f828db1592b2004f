/** `examples/`: those with mistakes show them, the right ones are silent. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "./support/ruleTest.js";

const folder = new URL("../examples/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
/** What stands beside them for scripts to read. */
const files = Object.fromEntries(readdirSync(folder).filter((name) => name.endsWith(".json")).map((name) => [name, read(name)]));
const TODAY = { transformers: "5.18.0", trl: "1.13.0" };

describe("examples", () => {
  it.each(readdirSync(folder).filter((name) => name.startsWith("clean_")))("%s is clean, whatever the versions", (name) => {
    for (const versions of [{}, TODAY]) expect(check(read(name), { versions, files })).toEqual([]);
  });

  it.each([
    ["strategy_mismatch.py", "transformers/strategy-mismatch"],
    ["decimal_save_steps.py", "trl/decimal-save-steps"],
    ["force_words.py", "generation/force-words-without-beams"],
    ["steps_divided_by_n_gpu.py", "simpletransformers/steps-divided-by-n-gpu"],
  ])("%s shows %s and nothing else", (name, rule) => {
    const findings = check(read(name));
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map((finding) => finding.rule))).toEqual(new Set([rule]));
  });

  it("clean_deepspeed.py is held against the configuration that it names", () => {
    const changed = { "ds_zero3.json": read("ds_zero3.json").replace('"gradient_accumulation_steps": "auto"', '"gradient_accumulation_steps": 4') };
    expect(check(read("clean_deepspeed.py"), { versions: TODAY, files: changed }).map((finding) => finding.rule)).toEqual(["accelerate/deepspeed-mismatch"]);
  });

  it("disguises.py shows all four", () => {
    expect(new Set(check(read("disguises.py")).map((finding) => finding.rule))).toEqual(
      new Set(["transformers/strategy-mismatch", "trl/decimal-save-steps", "generation/force-words-without-beams", "simpletransformers/steps-divided-by-n-gpu"]),
    );
  });
});
