/** Parsing again after edits gives what parsing afresh gives, and costs no memory that isn't given back. */
import { describe, expect, it } from "vitest";
import type { WasmModule } from "../../server/src/syntax/treeMemory.js";
import type { TextChange } from "../../server/src/syntax/earlier.js";
import { SyntaxTree } from "../../server/src/syntax/parser.js";
import { differenceOf } from "../support/flatTrees.js";
import { parser } from "../support/parser.js";
import { randomFrom } from "../support/random.js";
import { randomEdit } from "../support/randomEdits.js";
import { allTexts, examples, expandedSnippets } from "./corpus.js";

/** The same text as its lines are ended, indented and prefixed elsewhere. */
const styles: readonly (readonly [name: string, apply: (text: string) => string])[] = [
  ["plain", (text) => text],
  ["emoji", (text) => text.replaceAll("# ", "# 🤗 ").replaceAll('"outputs', '"🚀/outputs').replace(/^(import|from)/mu, "# 👩‍👩‍👧\n$1")],
  ["CRLF", (text) => text.replaceAll("\n", "\r\n")],
  ["lone CR", (text) => text.replaceAll("\n", "\r")],
  ["byte order mark", (text) => `\uFEFF${text}`],
  ["tabs", (text) => text.replace(/^(?: {4})+/gmu, (indent) => "\t".repeat(indent.length / 4))],
  ["deep", (text) => `def f():\n    for x in y:\n        with z:\n${text.replace(/^(?=.)/gmu, "            ")}`],
];

function inverse({ start, oldEnd, newEnd }: TextChange): TextChange {
  return { start, oldEnd: newEnd, newEnd: oldEnd };
}

function expectFresh(tree: SyntaxTree, situation: () => string): void {
  const difference = differenceOf(tree.flat, parser.parse(tree.text));
  if (difference) throw new Error(`${situation()}: ${difference} in:\n${tree.text}`);
}

/** One text typed at: an edit or two, then undone, so that most parses start from a tree without errors; then edits that pile up. */
function typeAt(name: string, original: string, rounds: number): void {
  const random = randomFrom(name);
  const tree = new SyntaxTree(parser, original);
  expectFresh(tree, () => name);
  for (let round = 0; round < rounds; round++) {
    const undo: { readonly text: string; readonly change: TextChange }[] = [];
    for (let step = random() < 0.5 ? 2 : 1; step > 0; step--) {
      const edit = randomEdit(tree.text, random);
      undo.unshift({ text: tree.text, change: inverse(edit.change) });
      tree.edit(edit.text, edit.change);
      if (random() < 0.7) expectFresh(tree, () => `${name}, round ${round}, after ${JSON.stringify(edit.change)}`);
    }
    for (const { text, change } of undo) {
      tree.edit(text, change);
      if (random() < 0.7) expectFresh(tree, () => `${name}, round ${round}, after undoing ${JSON.stringify(inverse(change))}`);
    }
  }
  for (let step = 0; step < rounds; step++) {
    const edit = randomEdit(tree.text, random);
    tree.edit(edit.text, edit.change);
    if (random() < 0.7) expectFresh(tree, () => `${name}, piled-up step ${step}, after ${JSON.stringify(edit.change)}`);
  }
  tree.dispose();
}

describe("parsing again", () => {
  it.each(styles)("%s: gives the same as parsing afresh, after random edits", (style, apply) => {
    for (const [name, text] of [...examples, ...expandedSnippets]) typeAt(`${style} ${name}`, apply(text), 4);
  });

  it("gives the same on hard syntax", () => {
    for (const [name, text] of allTexts) typeAt(name, text, 10);
  });

  it("gives the same when whole blocks come, go, and move in and out", () => {
    // Rows and columns of an edit are given to tree-sitter as zeros. If anything depended on them, it would be this.
    const block = "    for step in range(10):\n        if step % 2:\n            log(step)\n        else:\n            save(\n                step,\n            )\n";
    const head = "def train():\n    before = 1\n";
    const tail = "    after = 2\n\n\nclass A:\n    def f(self):\n        return '''\n        text\n        '''\n";
    const tree = new SyntaxTree(parser, head + tail);
    const replace = (start: number, oldEnd: number, by: string): void => {
      tree.edit(tree.text.slice(0, start) + by + tree.text.slice(oldEnd), { start, oldEnd, newEnd: start + by.length });
      expectFresh(tree, () => `replacing [${start}, ${oldEnd})`);
    };
    expectFresh(tree, () => "at first");
    for (let depth = 0; depth < 12; depth++) {
      const indent = "    ".repeat(depth);
      const indented = block.replace(/^/gmu, indent).slice(0, -indent.length || undefined);
      replace(head.length, head.length, indented);
      replace(head.length, head.length, `${indent}    if deeper:\n`);
      replace(head.length, head.length + indent.length + 16, "");
      replace(head.length, head.length + indented.length, `${indented}${indented}`);
      replace(head.length, head.length + 2 * indented.length, "");
      replace(0, head.length, `\n\n\n${head}`);
      replace(0, head.length + 3, head);
    }
    tree.dispose();
  });

  it("is really incremental: what an edit leaves out is taken over from the old tree, and the comparison notices", () => {
    const text = "first = 1\nsecond = call(first)\nthird = 3\n";
    const tree = new SyntaxTree(parser, text);
    expect(tree.flat.hasError(0)).toBe(false);
    tree.edit(text.replace("call(first)", "call[first]"), { start: text.length, oldEnd: text.length, newEnd: text.length });
    expect(differenceOf(tree.flat, parser.parse(tree.text))).toBeDefined();
    tree.dispose();
  });

  it.each([
    ["beyond the end", { start: 5, oldEnd: 900, newEnd: 6 }],
    ["backwards", { start: 5, oldEnd: 4, newEnd: 3 }],
    ["of another length", { start: 0, oldEnd: 1, newEnd: 9 }],
  ])("parses afresh after an edit that doesn't fit the text: %s", (_, change) => {
    const tree = new SyntaxTree(parser, "x = 1\ny = 2\n");
    expect(tree.flat.hasError(0)).toBe(false);
    tree.edit("x = 10\nz = 2\n", change);
    expectFresh(tree, () => "after the edit");
    tree.dispose();
  });

  it("may be given a new text, put to rest, and asked again", () => {
    const tree = new SyntaxTree(parser, "x = 1\n");
    const first = tree.flat;
    expect(tree.flat).toBe(first);
    tree.rest();
    expect(tree.flat).toBe(first);
    tree.edit("x = 12\n", { start: 5, oldEnd: 5, newEnd: 6 });
    expectFresh(tree, () => "after resting");
    tree.reset("y = [\n");
    expectFresh(tree, () => "after a reset");
    tree.dispose();
  });
});

describe("memory", () => {
  /** The size of the wasm heap, which grows and never shrinks. */
  function wasmHeapBytes(): number {
    const { module } = parser as unknown as { readonly module: WasmModule | undefined };
    if (!module) throw new Error("this build of web-tree-sitter shows no heap");
    return module.HEAP32.byteLength;
  }

  it("doesn't grow over 10,000 edits: old trees are freed", () => {
    const text = examples.slice(0, 3).map(([, example]) => example).join("\n");
    const tree = new SyntaxTree(parser, text);
    const random = randomFrom("memory");
    const typeAndUndo = (): void => {
      const edit = randomEdit(text, random);
      tree.edit(edit.text, edit.change);
      expect(tree.flat.size).toBeGreaterThan(0);
      tree.edit(text, inverse(edit.change));
      expect(tree.flat.size).toBeGreaterThan(0);
    };
    for (let pair = 0; pair < 500; pair++) typeAndUndo();
    const before = wasmHeapBytes();
    for (let pair = 0; pair < 5000; pair++) typeAndUndo();
    expect(wasmHeapBytes()).toBe(before);
    tree.dispose();
  }, 120_000);

  it("doesn't grow over many documents that are opened and closed", () => {
    const openAndClose = (times: number): void => {
      for (let time = 0; time < times; time++) {
        for (const [, text] of examples) {
          const tree = new SyntaxTree(parser, text);
          expect(tree.flat.size).toBeGreaterThan(0);
          tree.dispose();
        }
      }
    };
    openAndClose(20);
    const before = wasmHeapBytes();
    openAndClose(200);
    expect(wasmHeapBytes()).toBe(before);
  });
});
