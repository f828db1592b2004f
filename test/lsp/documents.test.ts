import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomFrom } from "../support/random.js";
import { randomEdit } from "../support/randomEdits.js";
import { EditorClient, offsetIn, positionIn, textIn } from "./support/client.js";
import { FAKE_SERVER } from "./support/serverBundle.js";

const header = "from transformers import TrainingArguments\n";
const mismatch = `${header}args = TrainingArguments("out", eval_strategy="epoch", load_best_model_at_end=True)\n`;

describe("edits", () => {
  let client: EditorClient;
  let words: EditorClient;
  beforeAll(async () => {
    [client, words] = await Promise.all([EditorClient.launch(), EditorClient.launch({ entry: FAKE_SERVER })]);
  });
  afterAll(() => Promise.all([client.stop(), words.stop()]));

  it.each([
    ["LF", "\n", ""],
    ["CRLF", "\r\n", ""],
    ["a lone CR", "\r", ""],
    ["LF and a byte order mark", "\n", "\uFEFF"],
    ["CRLF and a byte order mark", "\r\n", "\uFEFF"],
  ])("keep positions right with %s and emoji", async (name, end, mark) => {
    const uri = `file:///project/${encodeURIComponent(name)}.py`;
    const text = `${mark}import transformers${end}name = "🤗🤗"; bad_word${end}last = 1${end}`;
    words.open(uri, text);
    expect((await words.diagnostics(uri)).map(({ range }) => range)).toEqual([{ start: { line: 1, character: 15 }, end: { line: 1, character: 23 } }]);
    words.type(uri, text.indexOf("🤗"), text.indexOf("🤗"), "👩‍🚀");
    words.type(uri, words.textOf(uri).indexOf("name"), words.textOf(uri).indexOf("name"), `# 🤗${end}`);
    words.type(uri, words.textOf(uri).indexOf("last"), words.textOf(uri).length, "bad_word");
    const ranges = (await words.diagnostics(uri)).map(({ range }) => textIn(words.textOf(uri), range));
    expect(ranges).toEqual(["bad_word", "bad_word"]);
    expect((await words.diagnostics(uri)).map(({ range }) => range.start.line)).toEqual([2, 3]);
  });

  it("of many cursors arrive in one notification, in either order", async () => {
    const uri = "file:///project/cursors.py";
    const text = "import transformers\na = 1\nb = 1\nc = 1\n";
    words.open(uri, text);
    const insertions = ["a", "b", "c"].map((name) => text.indexOf(`${name} = 1`)).map((offset) => ({ offset, at: positionIn(text, offset) }));
    // From the last to the first, as editors send them: each range is one of the text before all of them.
    const changes = [...insertions].reverse().map(({ at }) => ({ range: { start: at, end: at }, text: "bad_word\n" }));
    const after = text.replace(/^(?=[abc])/gm, "bad_word\n");
    words.change(uri, changes, after);
    expect((await words.diagnostics(uri)).map(({ range }) => textIn(after, range))).toEqual(["bad_word", "bad_word", "bad_word"]);
    // From the first to the last, each range in the text as the changes before have left it.
    let current = after;
    const deletions = [1, 2, 3].map(() => {
      const start = current.indexOf("bad_word\n");
      const range = { start: positionIn(current, start), end: positionIn(current, start + 9) };
      current = current.slice(0, start) + current.slice(start + 9);
      return { range, text: "" };
    });
    expect(current).toBe(text);
    words.change(uri, deletions, current);
    expect(await words.diagnostics(uri)).toEqual([]);
  });

  it("that don't fit the text are taken as far as they go, and the document goes on", async () => {
    const uri = "file:///project/misfit.py";
    client.open(uri, header);
    const far = { line: 4000, character: 4000 };
    client.change(uri, [{ range: { start: far, end: far }, text: mismatch.slice(header.length) }], mismatch);
    expect(await client.rules(uri)).toEqual(["transformers/strategy-mismatch"]);
    client.change(uri, [{ range: { start: { line: 1, character: 4 }, end: { line: 1, character: 0 } }, text: "" }], mismatch.replace("args", ""));
    client.rewrite(uri, mismatch);
    expect(await client.rules(uri)).toEqual(["transformers/strategy-mismatch"]);
  });

  it("in a half-typed file leave the findings elsewhere as they are", async () => {
    const uri = "file:///project/half.py";
    client.open(uri, mismatch);
    for (const piece of ["\ndef train(", "model, *", "):\n    x = [", "\nclass", ' """ open']) {
      client.type(uri, client.textOf(uri).length, client.textOf(uri).length, piece);
      expect(await client.rules(uri), client.textOf(uri)).toEqual(["transformers/strategy-mismatch"]);
    }
  });

  it("made at random lead to what a fresh document of the same text has", async () => {
    const random = randomFrom("documents");
    const uri = "file:///project/random.py";
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = `# 🤗\nimport transformers\nbad_word\nif bad_word:\n    x = [step_1,\n        "bad_word"]\n`.replaceAll("\n", end);
      words.open(uri, text);
      for (let round = 0; round < 40; round++) {
        const edit = randomEdit(words.textOf(uri), random);
        const start = characterBoundary(words.textOf(uri), edit.change.start);
        const oldEnd = characterBoundary(words.textOf(uri), edit.change.oldEnd);
        words.type(uri, start, oldEnd, edit.text.slice(edit.change.start, edit.change.newEnd));
        if (round % 8 !== 7) continue;
        const fresh = `file:///project/fresh-${encodeURIComponent(end)}-${round}.py`;
        words.open(fresh, words.textOf(uri));
        const [typed, whole] = await Promise.all([words.diagnostics(uri), words.diagnostics(fresh)]);
        expect(typed.map(({ code, range }) => ({ code, range })), words.textOf(uri)).toEqual(whole.map(({ code, range }) => ({ code, range })));
        expect(typed.every(({ range }) => /^(bad_word|step_\d)$/.test(textIn(words.textOf(uri), range)))).toBe(true);
        words.close(fresh);
      }
      words.close(uri);
    }
  });

  it("come back right for a document that rested while others were used", async () => {
    const uris = Array.from({ length: 12 }, (_, index) => `file:///project/many-${index}.py`);
    for (const uri of uris) client.open(uri, mismatch);
    for (const uri of uris) expect(await client.rules(uri)).toEqual(["transformers/strategy-mismatch"]);
    for (const uri of uris) client.type(uri, 0, 0, "# 🤗\n");
    for (const uri of uris) {
      const [diagnostic] = await client.diagnostics(uri);
      expect(diagnostic && offsetIn(client.textOf(uri), diagnostic.range.start)).toBe(mismatch.indexOf("load_best") + 5);
    }
  });
});

/** An editor's cursor stands neither between two surrogates nor inside a line break. */
function characterBoundary(text: string, offset: number): number {
  return /^([\uDC00-\uDFFF]|(?<=\r)\n)/.test(text.slice(offset)) || (text[offset] === "\n" && text[offset - 1] === "\r") ? offset - 1 : offset;
}
