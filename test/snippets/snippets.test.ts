/** `snippets/python.json`: every snippet is in the grammar, expands to Python that parses, and our own rules have nothing to say of it. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { NO_NODE, type FlatTree } from "../../server/src/syntax/flatTree.js";
import { Kind } from "../../server/src/syntax/kind.js";
import { parser } from "../support/parser.js";
import { check } from "../support/ruleTest.js";
import { parseSnippet, snippetVariants } from "../support/snippetGrammar.js";

const source = readFileSync(new URL("../../snippets/python.json", import.meta.url), "utf8");
const snippets = z
  .record(z.string().min(1), z.strictObject({ prefix: z.string(), description: z.string().min(1).max(400), body: z.array(z.string()).min(1) }))
  .parse(JSON.parse(source));
const entries = Object.entries(snippets);

const today = {
  transformers: "5.18.0",
  trl: "1.13.0",
  peft: "0.21.2",
  accelerate: "1.15.0",
  datasets: "5.2.0",
  "sentence-transformers": "6.2.0",
  simpletransformers: "0.70.8",
  "langchain-huggingface": "1.2.3",
};

const prefixes = [
  "hf-env",
  "hf-trainer",
  "hf-trainer-best",
  "hf-compute-metrics",
  "hf-smoke-test",
  "hf-reload",
  "hf-generate",
  "hf-pipeline",
  "hf-langchain",
  "hf-bad-words",
  "hf-force-words",
  "hf-sft",
  "hf-sft-completion",
  "hf-sft-qlora",
  "hf-lora",
  "hf-dpo",
  "hf-grpo",
  "hf-accelerate-loop",
  "hf-gpu-memory",
  "hf-memory-saving",
  "hf-simpletransformers",
  "hf-simpletransformers-early-stopping",
  "hf-st-train",
  "hf-st-fit",
  "hf-st-triplets",
  "hf-st-evaluator",
];

/** Names bound by imports, with the number of times each occurs as an identifier. */
function importedNames(tree: FlatTree): Map<string, number> {
  const occurrences = new Map<string, number>();
  const imported: string[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind(node) !== Kind.identifier) continue;
    const text = tree.textOf(node);
    occurrences.set(text, (occurrences.get(text) ?? 0) + 1);
    if (tree.kind(tree.parent(node)) === Kind.aliased_import) imported.push(text);
    const name = tree.closest(node, Kind.dotted_name);
    const statement = name === NO_NODE ? NO_NODE : tree.parent(name);
    const isImport = [Kind.import_statement, Kind.import_from_statement].includes(tree.kind(statement));
    const isModule = tree.kind(statement) === Kind.import_from_statement && tree.childAt(statement, 0) === name;
    if (isImport && !isModule && node === tree.childAt(name, 0)) imported.push(text);
  }
  return new Map(imported.map((name) => [name, occurrences.get(name) ?? 0]));
}

describe("the snippets", () => {
  it("are all there, each under its own prefix", () => {
    expect(entries.map(([, snippet]) => snippet.prefix)).toEqual(prefixes);
  });

  it("have unique names: a JSON file that says a key twice loses one silently", () => {
    expect([...source.matchAll(/^ {2}"/gmu)]).toHaveLength(entries.length);
  });

  it.each(entries)("%s: indented with tabs, which the editor turns into what the document uses", (_, { body }) => {
    for (const line of body) {
      expect(line).not.toMatch(/^\t* /u);
      expect(line).not.toMatch(/\s$/u);
      expect(line).not.toContain("\n");
    }
  });

  const variants = entries.flatMap(([name, { prefix, body }]) =>
    snippetVariants(parseSnippet(body.join("\n"))).map(({ label, text }) => ({ name: `${prefix} ${label}`, title: name, code: text.replaceAll("\t", "    ") })),
  );

  it.each(variants)("$name: parses", ({ code }) => {
    expect(parser.parse(code).hasError(0)).toBe(false);
    expect(Math.max(...code.split("\n").map((line) => line.length))).toBeLessThanOrEqual(128);
  });

  it.each(variants)("$name: uses what it imports", ({ code }) => {
    for (const [name, count] of importedNames(parser.parse(code))) expect(count, name).toBeGreaterThan(1);
  });

  it.each(variants)("$name: no rule of ours finds anything, whatever the versions", ({ code }) => {
    for (const versions of [{}, today]) expect(check(code, { versions })).toEqual([]);
  });
});
