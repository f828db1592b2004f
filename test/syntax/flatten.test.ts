/** The fast way of flattening, which reads the wasm module's memory, against the documented one: the same arrays on every text. */
import { describe, expect, it } from "vitest";
import { NO_NODE, type FlatTree } from "../../server/src/syntax/flatTree.js";
import { Kind } from "../../server/src/syntax/kind.js";
import { asWasmModule } from "../../server/src/syntax/treeMemory.js";
import { differenceOf } from "../support/flatTrees.js";
import { parser } from "../support/parser.js";
import { randomFrom } from "../support/random.js";
import { randomEdit } from "../support/randomEdits.js";
import { allTexts, examples, hardTexts } from "./corpus.js";

function expectBothWaysEqual(text: string): void {
  const ways = parser.flattenBothWays(text);
  if (!ways.memory) throw new Error("this build of web-tree-sitter doesn't show its memory: the fast way isn't used at all");
  const difference = differenceOf(ways.memory, ways.public);
  if (difference) throw new Error(`${difference} in:\n${text}`);
}

/** What FlatTree promises of its arrays, whatever the text. */
function expectWellFormed(tree: FlatTree): void {
  // A text in which the parser finds no statement at all is one ERROR from end to end.
  expect([Kind.module, Kind.ERROR]).toContain(tree.kind(0));
  expect(tree.parent(0)).toBe(NO_NODE);
  expect(tree.subtreeEnd(0)).toBe(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const parent = tree.parent(node);
    const wellFormed =
      parent < node &&
      tree.contains(parent, node) &&
      tree.subtreeEnd(node) <= tree.subtreeEnd(parent) &&
      tree.start(parent) <= tree.start(node) &&
      tree.start(node) <= tree.end(node) &&
      tree.end(node) <= tree.end(parent) &&
      tree.end(node) <= tree.text.length;
    if (!wellFormed) throw new Error(`node ${node} doesn't lie in its parent in:\n${tree.text}`);
  }
}

describe("flattening", () => {
  it.each(allTexts)("%s: both ways give the same, and it is well formed", (_, text) => {
    expectBothWaysEqual(text);
    expectWellFormed(parser.parse(text));
  });

  it.each(hardTexts)("%s: every beginning of it", (_, text) => {
    for (let end = 0; end < text.length; end++) expectBothWaysEqual(text.slice(0, end));
  });

  it.each(examples)("%s: beginnings of it, broken anywhere", (_, text) => {
    for (let end = 1; end < text.length; end += 7) expectBothWaysEqual(text.slice(0, end));
  });

  it("twenty random edits of each: both ways give the same, and it is well formed", () => {
    const random = randomFrom("flatten");
    for (const [, original] of allTexts) {
      let text = original;
      for (let step = 0; step < 20; step++) {
        text = randomEdit(text, random).text;
        expectBothWaysEqual(text);
        expectWellFormed(parser.parse(text));
      }
    }
  });

  it("a file larger than the columns begin with", () => {
    const text = "call(argument, keyword=value)[0].attribute\n".repeat(4000);
    expectBothWaysEqual(text);
    expect(parser.parse(text).size).toBeGreaterThan(1 << 14);
  });

  it("many open brackets: the deepest nesting that the documented way, which recurses, is asked for", () => {
    expectBothWaysEqual(`x = ${"(".repeat(500)}1${")".repeat(500)}\n`);
  });

  it("keeps what it promises: named nodes, and tokens only where they carry a field", () => {
    const tree = parser.parse("x = a + b\n");
    const kinds = Array.from({ length: tree.size }, (_, node) => tree.kind(node));
    expect(kinds).toEqual([
      Kind.module,
      Kind.expression_statement,
      Kind.assignment,
      Kind.identifier,
      Kind.binary_operator,
      Kind.identifier,
      Kind.token,
      Kind.identifier,
    ]);
  });

  it("takes the documented way when the memory can't be seen", () => {
    expect(asWasmModule({})).toBeUndefined();
    expect(asWasmModule({ HEAP32: [1, 2] })).toBeUndefined();
  });
});
