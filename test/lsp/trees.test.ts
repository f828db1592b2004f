/** Memory of the wasm side isn't collected: who opens a document has to close its tree. */
import { Tree } from "web-tree-sitter";
import { afterEach, expect, it, vi } from "vitest";
import { defaultConfiguration } from "../../server/src/config/configuration.js";
import { Checker } from "../../server/src/lsp/checker.js";
import { Versions } from "../../server/src/environment/versions.js";
import { Knowledge } from "../../server/src/knowledge/knowledge.js";
import { Log } from "../../server/src/lsp/log.js";
import { Machine } from "../../server/src/lsp/machine.js";
import { OpenDocument } from "../../server/src/lsp/openDocument.js";
import { parser } from "../support/parser.js";
import { fakeRules } from "./support/fakeRules.js";

const text = "import transformers\nbad_word\n";

function checker(): Checker {
  return new Checker(parser, { rules: fakeRules, knowledge: Knowledge.none }, new Machine(""), () => Versions.unknown, { key: () => "", of: () => new Map() }, new Log({ error: () => undefined, warn: () => undefined }));
}

function documents(count: number): OpenDocument[] {
  return Array.from({ length: count }, (_, index) => new OpenDocument(`file:///project/${index}.py`, "python", 1, text));
}

/** Trees made and not freed since the call. */
function liveTrees(): () => number {
  const parsed = vi.spyOn(parser, "parseTree");
  const freed = vi.spyOn(Tree.prototype, "delete");
  return () => parsed.mock.calls.length - freed.mock.calls.length;
}

afterEach(() => vi.restoreAllMocks());

it("only the trees of the eight documents used last are kept, and none of a closed one", () => {
  const live = liveTrees();
  const used = checker();
  const open = documents(20);
  for (const document of open) expect(used.findings(document, defaultConfiguration)).toHaveLength(1);
  expect(live()).toBe(8);
  for (const document of open) used.forget(document);
  expect(live()).toBe(0);
});

it("typing keeps one tree", () => {
  const live = liveTrees();
  const used = checker();
  const [document] = documents(1) as [OpenDocument];
  for (let version = 2; version < 20; version++) {
    used.findings(document.apply([{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "#\n" }], version), defaultConfiguration);
    expect(live()).toBe(1);
  }
});

it("a text that names no library is never parsed, however it is edited", () => {
  const parse = vi.spyOn(parser, "parseTree");
  const document = new OpenDocument("file:///project/plain.py", "python", 1, "import os\n");
  const used = checker();
  used.findings(document, defaultConfiguration);
  used.findings(document.apply([{ text: "import re\n" }], 2), defaultConfiguration);
  expect(parse).not.toHaveBeenCalled();
});

it("a cancelled check is no result, and nothing of it is kept", () => {
  const [document] = documents(1) as [OpenDocument];
  const used = checker();
  let asked = 0;
  expect(used.check(document, defaultConfiguration, () => ++asked > 1)).toBeUndefined();
  expect(asked).toBeGreaterThan(1);
  expect(used.findings(document, defaultConfiguration)).toHaveLength(1);
});

it("a tree that can't follow an edit costs a full parse, nothing else", () => {
  const [document] = documents(1) as [OpenDocument];
  const used = checker();
  used.findings(document, defaultConfiguration);
  vi.spyOn(Tree.prototype, "edit").mockImplementationOnce(() => {
    throw new Error("out of step");
  });
  document.apply([{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: "bad_word\n" }], 2);
  expect(document.text).toBe("import transformers\nbad_word\nbad_word\n");
  expect(used.findings(document, defaultConfiguration)).toHaveLength(2);
});
