/** The gate before parsing never keeps out a script that imports a library, and keeps out what only speaks of one. */
import { describe, expect, it } from "vitest";
import type { Library } from "../../server/src/environment/versions.js";
import { mayImportLibrary } from "../../server/src/features/textGate.js";
import { rules } from "../../server/src/rules/index.js";
import { Script } from "../../server/src/script/script.js";
import { parser } from "../support/parser.js";
import { randomFrom } from "../support/random.js";
import { allTexts } from "../syntax/corpus.js";

/** torch alone doesn't make a script one of ours. */
const spokenOf = new Set(rules.filter(({ id }) => !id.startsWith("hf-preflight/")).flatMap(({ libraries }) => [...libraries]));
spokenOf.delete("torch");

function importsLibrary(text: string): boolean {
  const { imports } = new Script(parser.parse(text));
  return [...spokenOf].some((library: Library) => imports.mentions(library));
}

describe("the gate before parsing", () => {
  it.each([
    ["import transformers"],
    ["from transformers import Trainer"],
    ["from transformers.trainer_utils import set_seed"],
    ["def main():\n\timport os, trl as t"],
    ["import os; import peft"],
    ["if x: from accelerate import Accelerator"],
    ["from \\\n    datasets import load_dataset"],
    ["from\tdatasets import load_dataset"],
    ["import os, \\\r\n    wandb"],
    ["import größe, simpletransformers.classification"],
    ["from sentence_transformers import (\n    losses,\n)"],
    ["from langchain_huggingface import HuggingFacePipeline"],
    ["try:\n    import langchain_community.llms as llms\nexcept ImportError:\n    pass"],
    ["import os  # hf-preflight: ignore[transformers/strategy-mismatch]"],
    // A text may speak of an import: passing costs a parse, no more.
    ['"""from transformers import Trainer"""'],
  ])("lets through: %j", (text) => expect(mayImportLibrary(text)).toBe(true));

  it.each([
    ["import torch"],
    ["from .transformers import Trainer"],
    ["from ..peft import config"],
    ["from .utils import prepare_deepspeed, my_transformers"],
    ["import my.transformers"],
    ["from transformers_extra import x"],
    ["# taken from: https://github.com/huggingface/transformers"],
    ['"""Options from those in [`~transformers.TrainingArguments`] are inherited."""'],
    ["import os\ntransformers = 1"],
    ["import os; transformers = 1"],
    ["import os  # needed by transformers"],
    ["import numpy as np\ndatasets = []"],
    [""],
  ])("keeps out: %j", (text) => {
    expect(importsLibrary(text)).toBe(false);
    expect(mayImportLibrary(text)).toBe(false);
  });

  it("lets through every right text that the Script says imports one", () => {
    const random = randomFrom("gate");
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    const names = [...spokenOf].map((library) => library.replaceAll("-", "_"));
    const pieces = ["import ", "from ", "import", "\npass\n", "    ", " as x", ", ", ".", "os", "(", ")", " \\\n", "\\\r\n", ";", '"', "\t", "é", ...names, ...names];
    let imported = 0;
    for (let round = 0; round < 12_000; round++) {
      const text = Array.from({ length: 2 + Math.floor(random() * 8) }, () => pick(pieces)).join("");
      if (parser.parse(text).hasError(0) || !importsLibrary(text)) continue;
      imported++;
      expect([text, mayImportLibrary(text)]).toEqual([text, true]);
    }
    expect(imported).toBeGreaterThan(50);
    for (const [, text] of allTexts) if (importsLibrary(text)) expect(mayImportLibrary(text)).toBe(true);
  });
});
