import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EditorClient, PLAIN_EDITOR, positionIn, textIn } from "./support/client.js";
import { FAKE_SERVER } from "./support/serverBundle.js";

const mismatch = `from transformers import TrainingArguments
args = TrainingArguments("out", eval_strategy="epoch", load_best_model_at_end=True)
`;

describe("an editor that pulls", () => {
  let client: EditorClient;
  beforeAll(async () => {
    client = await EditorClient.launch();
  });
  afterAll(() => client.stop());

  it("is offered pull diagnostics, incremental text, fixes and hovers", () => {
    expect(client.initializeResult).toMatchObject({
      serverInfo: { name: "HF Preflight", version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string },
      capabilities: {
        positionEncoding: "utf-16",
        textDocumentSync: { openClose: true, change: 2 },
        diagnosticProvider: { identifier: "hf-preflight", interFileDependencies: false, workspaceDiagnostics: false },
        codeActionProvider: { codeActionKinds: ["quickfix", "source.fixAll.hf-preflight"] },
        hoverProvider: true,
      },
    });
  });

  it("gets the finding with its rule, its page and what the fixes need", async () => {
    const uri = "file:///project/finding.py";
    client.open(uri, mismatch);
    const [diagnostic, ...others] = await client.diagnostics(uri);
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({
      source: "hf-preflight",
      severity: 1,
      code: "transformers/strategy-mismatch",
      codeDescription: { href: "https://github.com/hf-preflight/hf-preflight/blob/main/docs/rules/transformers/strategy-mismatch.md" },
      data: { format: 1, version: 1 },
    });
    expect(diagnostic?.relatedInformation?.map(({ location }) => textIn(mismatch, location.range))).toContain('eval_strategy="epoch"');
  });

  it("is told that nothing has changed, until something has", async () => {
    const uri = "file:///project/unchanged.py";
    client.open(uri, mismatch);
    const first = await client.pull(uri);
    expect(first.kind).toBe("full");
    expect(await client.pull(uri, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    client.type(uri, mismatch.length, mismatch.length, "# done\n");
    const second = await client.pull(uri, first.resultId);
    expect(second).toMatchObject({ kind: "full", items: [{ code: "transformers/strategy-mismatch" }] });
    expect(second.resultId).not.toBe(first.resultId);
  });

  it("never takes one document's result for another's", async () => {
    const uri = "file:///project/reopened.py";
    client.open(uri, mismatch);
    const first = await client.pull(uri);
    client.close(uri);
    client.open(uri, mismatch.replace("epoch", "no"));
    expect((await client.pull(uri, first.resultId)).kind).toBe("full");
  });

  it("hears nothing about files that name no library, other languages, notebook cells and closed files", async () => {
    client.open("file:///project/plain.py", "import os\nos.getcwd()\n");
    client.open("file:///project/notes.md", mismatch, "markdown");
    client.open("vscode-notebook-cell:/project/book.ipynb#W0", mismatch);
    expect(await client.diagnostics("file:///project/plain.py")).toEqual([]);
    expect(await client.diagnostics("file:///project/notes.md")).toEqual([]);
    expect(await client.diagnostics("vscode-notebook-cell:/project/book.ipynb#W0")).toEqual([]);
    expect(await client.diagnostics("file:///project/never-opened.py")).toEqual([]);
  });

  it("gets findings for an unsaved document", async () => {
    client.open("untitled:Untitled-1", mismatch);
    expect(await client.rules("untitled:Untitled-1")).toEqual(["transformers/strategy-mismatch"]);
  });
});

describe("tags and related places", () => {
  it("are sent, related places only to editors that show them", async () => {
    const uri = "file:///project/tags.py";
    const text = "import transformers\nbad_word\n";
    const vscode = await EditorClient.start({ entry: FAKE_SERVER });
    vscode.open(uri, text);
    expect(await vscode.diagnostics(uri)).toMatchObject([{ tags: [2], relatedInformation: [{ message: "the text begins here" }] }]);
    const plain = await EditorClient.start({ entry: FAKE_SERVER, capabilities: PLAIN_EDITOR });
    plain.open(uri, text);
    const { diagnostics } = await plain.published.next();
    expect(diagnostics).toMatchObject([{ tags: [2] }]);
    expect(diagnostics[0]).not.toHaveProperty("relatedInformation");
  });
});

describe("an editor that doesn't pull", () => {
  it("gets diagnostics with the version they are for, the latest only, and none after closing", async () => {
    const client = await EditorClient.start({ capabilities: PLAIN_EDITOR });
    expect(client.initializeResult?.capabilities.diagnosticProvider).toBeUndefined();
    const uri = "file:///project/pushed.py";
    client.open(uri, mismatch);
    expect(await client.published.next()).toMatchObject({ uri, version: 1, diagnostics: [{ code: "transformers/strategy-mismatch" }] });
    // Typed in one go: one answer, for the last version.
    const end = mismatch.length;
    for (const letter of "# ok") client.type(uri, client.textOf(uri).length, client.textOf(uri).length, letter);
    expect(await client.published.next()).toMatchObject({ uri, version: 5, diagnostics: [{ code: "transformers/strategy-mismatch" }] });
    const strategy = mismatch.indexOf("epoch");
    expect(positionIn(mismatch, end)).toEqual({ line: 2, character: 0 });
    client.type(uri, strategy, strategy + "epoch".length, "steps");
    expect(await client.published.next()).toMatchObject({ uri, version: 6, diagnostics: [] });
    client.close(uri);
    expect(await client.published.next()).toEqual({ uri, diagnostics: [] });
    expect(client.published.drain()).toEqual([]);
  });
});
