import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CodeActionTriggerKind, type CodeAction, type Diagnostic } from "vscode-languageserver-protocol/node";
import { EditorClient, PLAIN_EDITOR, VS_CODE } from "./support/client.js";
import { FAKE_SERVER } from "./support/serverBundle.js";

const header = "from transformers import TrainingArguments\n";
const call = 'TrainingArguments("out", eval_strategy="epoch", load_best_model_at_end=True)\n';
const fixedCall = 'TrainingArguments("out", eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True)\n';

let client: EditorClient;
let words: EditorClient;
let documents = 0;
beforeAll(async () => {
  const initializationOptions = { commands: ["hfPreflight.showRuleDocumentation"] };
  [client, words] = await Promise.all([EditorClient.launch({ initializationOptions }), EditorClient.launch({ entry: FAKE_SERVER })]);
});
afterAll(() => Promise.all([client.stop(), words.stop()]));

/** Opens a text as a document of its own. */
async function opened(editor: EditorClient, text: string): Promise<{ uri: string; diagnostics: Diagnostic[] }> {
  const uri = `file:///project/actions-${documents++}.py`;
  editor.open(uri, text);
  return { uri, diagnostics: await editor.diagnostics(uri) };
}

const titles = (actions: readonly CodeAction[]): string[] => actions.map(({ title }) => title);

describe("quick fixes", () => {
  it("repair, excuse and explain, in this order", async () => {
    const { uri, diagnostics } = await opened(client, header + call);
    const actions = await client.actions(uri, diagnostics, { only: ["quickfix"] });
    expect(titles(actions)).toEqual([
      expect.stringContaining('save_strategy="epoch"'),
      "Ignore transformers/strategy-mismatch on this line",
      "Show documentation of transformers/strategy-mismatch",
    ]);
    const [fix, , documentation] = actions;
    expect(fix).toMatchObject({ kind: "quickfix", isPreferred: true, diagnostics: [{ code: "transformers/strategy-mismatch" }] });
    expect(documentation?.command).toMatchObject({ command: "hfPreflight.showRuleDocumentation", arguments: ["transformers/strategy-mismatch"] });
    client.rewrite(uri, client.applied(uri, fix as CodeAction));
    expect(client.textOf(uri)).toBe(header + fixedCall);
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  it("come safe first, then unsafe, then with a place to fill in", async () => {
    const { uri, diagnostics } = await opened(words, "import transformers\nbad_word\n");
    const actions = await words.actions(uri, diagnostics, { only: ["quickfix"] });
    expect(titles(actions)).toEqual([
      "Write good_word (safe)",
      "Write other_word (unsafe)",
      "Write ${1:word} (placeholder)",
      "Ignore fake/bad-word on this line",
    ]);
    expect(actions.map(({ isPreferred }) => isPreferred ?? false)).toEqual([true, false, false, false]);
    expect(actions[0]?.edit).toEqual({
      documentChanges: [{ textDocument: { uri, version: 1 }, edits: [{ range: diagnostics[0]?.range, newText: "good_word" }] }],
    });
    expect(actions[2]?.edit).toEqual({
      documentChanges: [{ textDocument: { uri, version: 1 }, edits: [{ range: diagnostics[0]?.range, snippet: { kind: "snippet", value: "${1:word}" } }] }],
    });
  });

  it("leave out what the editor can't do", async () => {
    const plain = await EditorClient.start({ entry: FAKE_SERVER, capabilities: PLAIN_EDITOR });
    const uri = "file:///project/plain.py";
    plain.open(uri, "import transformers\nbad_word\n");
    const { diagnostics } = await plain.published.next();
    const actions = await plain.actions(uri, diagnostics, { only: ["quickfix"] });
    expect(titles(actions)).toEqual(["Write good_word (safe)", "Write other_word (unsafe)", "Ignore fake/bad-word on this line"]);
    expect(actions[0]?.edit).toEqual({ changes: { [uri]: [{ range: diagnostics[0]?.range, newText: "good_word" }] } });
    const old = await EditorClient.start({ entry: FAKE_SERVER, capabilities: { ...VS_CODE, textDocument: {} } });
    old.open(uri, "import transformers\nbad_word\n");
    expect(await old.actions(uri, (await old.published.next()).diagnostics)).toEqual([]);
  });

  it("fit the text of now when the document has moved on", async () => {
    const { uri, diagnostics } = await opened(client, header + call + call);
    expect(diagnostics).toHaveLength(2);
    client.type(uri, 0, 0, "# two more lines\n\n");
    const [fix, ignore] = await client.actions(uri, diagnostics.slice(1), { only: ["quickfix"] });
    expect(client.applied(uri, fix as CodeAction)).toBe(`# two more lines\n\n${header}${call}${fixedCall}`.replace(call + fixedCall, fixedCall + call));
    const line = client.applied(uri, ignore as CodeAction).split("\n").findIndex((each) => each.endsWith("# hf-preflight: ignore[transformers/strategy-mismatch]"));
    expect(line).toBe(3);
  });

  it("are none when the document has moved on and the finding is gone", async () => {
    const { uri, diagnostics } = await opened(words, "import transformers\nbad_word\n");
    words.rewrite(uri, "import transformers\nfine\n");
    expect(titles(await words.actions(uri, diagnostics, { only: ["quickfix"] }))).toEqual([]);
  });

  it.each([
    ["nothing", undefined],
    ["text", "{}"],
    ["another format", { format: 2, version: 1, fixes: [] }],
    ["edits without places", { format: 1, version: 1, fixes: [{ title: "x", safety: "safe", edits: [{ newText: "x" }] }] }],
  ])("are worked out anew where the editor sends back %s as data", async (_, data) => {
    const { uri, diagnostics } = await opened(words, "import transformers\nbad_word\n");
    const sent = diagnostics.map((diagnostic) => ({ ...diagnostic, data }));
    expect(titles(await words.actions(uri, sent, { only: ["quickfix"] }))[0]).toBe("Write good_word (safe)");
  });

  it("ignore the diagnostics of others", async () => {
    const { uri, diagnostics } = await opened(words, "import transformers\nbad_word\n");
    const foreign = diagnostics.map((diagnostic) => ({ ...diagnostic, source: "ruff" }));
    expect(await words.actions(uri, foreign)).toEqual([]);
  });
});

describe("ignoring on this line", () => {
  async function ignored(editor: EditorClient, text: string): Promise<string> {
    const { uri, diagnostics } = await opened(editor, text);
    const action = (await editor.actions(uri, diagnostics.slice(0, 1))).find(({ title }) => title.startsWith("Ignore"));
    const after = editor.applied(uri, action as CodeAction);
    editor.rewrite(uri, after);
    expect(await editor.rules(uri), after).toEqual([]);
    return after;
  }

  it("writes the comment behind the line", async () => {
    expect(await ignored(words, "import transformers\r\nbad_word   \r\n")).toBe("import transformers\r\nbad_word  # hf-preflight: ignore[fake/bad-word]\r\n");
  });

  it("joins a comment that is there", async () => {
    const text = "import transformers\nbad_word; step_1  # sic. hf-preflight: ignore[fake/step]\n";
    expect(await ignored(words, text)).toBe(text.replace("fake/step]", "fake/step, fake/bad-word]"));
  });

  it("goes above the statement where the line ends in a string or with a backslash", async () => {
    const text = 'import transformers\nif True:\n    x = bad_word("""a\n    """)\n';
    expect(await ignored(words, text)).toBe(text.replace("    x", "    # hf-preflight: ignore[fake/bad-word]\n    x"));
    const joined = "import transformers\nx = bad_word + \\\n    1\n";
    expect(await ignored(words, joined)).toBe(joined.replace("x =", "# hf-preflight: ignore[fake/bad-word]\nx ="));
  });

  it("is not offered for the comment that ignores nothing", async () => {
    const { uri, diagnostics } = await opened(words, "import transformers\nx = 1  # hf-preflight: ignore[fake/step]\n");
    expect(diagnostics).toMatchObject([{ code: "hf-preflight/unused-ignore", tags: [1] }]);
    expect(titles(await words.actions(uri, diagnostics))).not.toContainEqual(expect.stringMatching(/^Ignore/));
  });
});

describe("fix all", () => {
  it.each(["source.fixAll", "source.fixAll.hf-preflight", "source"])("answers %s with every safe fix", async (kind) => {
    const { uri } = await opened(client, header + call + call);
    const [action, ...others] = await client.actions(uri, [], { only: [kind] });
    expect(others).toEqual([]);
    expect(action).toMatchObject({ title: "Fix all safe HF Preflight problems", kind: "source.fixAll.hf-preflight" });
    expect(client.applied(uri, action as CodeAction)).toBe(header + fixedCall + fixedCall);
  });

  it("goes on until nothing is left to fix, from the text of now", async () => {
    const { uri } = await opened(words, "import transformers\n");
    words.type(uri, words.textOf(uri).length, words.textOf(uri).length, "step_1 🤗 bad_word\r\nstep_2\n");
    expect(await words.fixAll(uri)).toBe("import transformers\nstep_3 🤗 good_word\r\nstep_3\n");
  });

  it("edits no more than it has to", async () => {
    const { uri } = await opened(words, "import transformers\nstep_1\nfine = 1\nbad_word\n");
    const [action] = await words.actions(uri, [], { only: ["source.fixAll"] });
    expect(action?.edit?.documentChanges).toMatchObject([{ edits: [{ newText: "3" }, { newText: "goo" }] }]);
  });

  it("is not offered where there is nothing to fix, nor for other kinds, nor for each move of the cursor", async () => {
    const clean = await opened(words, "import transformers\n");
    expect(await words.actions(clean.uri, [], { only: ["source.fixAll"] })).toEqual([]);
    const { uri, diagnostics } = await opened(words, "import transformers\nbad_word\n");
    expect(await words.actions(uri, [], { only: ["source.organizeImports"] })).toEqual([]);
    expect(await words.actions(uri, [], { only: ["source.fixAll.eslint"] })).toEqual([]);
    const kinds = async (triggerKind: CodeActionTriggerKind): Promise<unknown[]> => (await words.actions(uri, diagnostics, { triggerKind })).map(({ kind }) => kind);
    expect(await kinds(CodeActionTriggerKind.Automatic)).not.toContain("source.fixAll.hf-preflight");
    expect(await kinds(CodeActionTriggerKind.Invoked)).toContain("source.fixAll.hf-preflight");
  });
});
