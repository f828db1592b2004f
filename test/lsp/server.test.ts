/** The real server process, over JSON-RPC on stdio. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { CodeAction, Diagnostic, TextEdit } from "vscode-languageserver-protocol/node";
import { LspClient, PLAIN, VSCODE, type StartOptions } from "../support/lspClient.js";

const URI = "untitled:train.py";
const BAD = `from transformers import TrainingArguments\nTrainingArguments("out", eval_strategy="epoch", load_best_model_at_end=True)\n`;
const GOOD = `from transformers import TrainingArguments\nTrainingArguments("out", eval_strategy="epoch")\n`;
const EVERYWHERE = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

const clients: LspClient[] = [];
const folders: string[] = [];

async function start(options?: StartOptions): Promise<LspClient> {
  const client = await LspClient.start(options);
  clients.push(client);
  return client;
}

function folder(files: Readonly<Record<string, string>> = {}): { readonly path: string; readonly uri: string } {
  const path = mkdtempSync(join(tmpdir(), "hf-preflight-lsp-"));
  folders.push(path);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, uri: pathToFileURL(path).href };
}

afterEach(async () => {
  for (const client of clients.splice(0)) expect(await client.stop(), "the server ends in order").toBe(0);
  for (const path of folders.splice(0)) rmSync(path, { recursive: true });
});

const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map((diagnostic) => diagnostic.code);

/** The text after an action's edit, where that is a plain one. */
function applied(text: string, action: CodeAction | undefined, uri = URI): string {
  const edits: TextEdit[] = action?.edit?.changes?.[uri] ?? [];
  const lines = text.split("\n");
  const offset = ({ line, character }: { line: number; character: number }): number => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start)).reduce((result, edit) => result.slice(0, offset(edit.range.start)) + edit.newText + result.slice(offset(edit.range.end)), text);
}

describe("an editor that pulls", () => {
  it("gets diagnostics with everything that an editor can show", async () => {
    const client = await start();
    await client.open(URI, BAD);
    const [diagnostic] = await client.diagnostics(URI);
    expect(diagnostic).toMatchObject({
      code: "transformers/strategy-mismatch",
      source: "hf-preflight",
      severity: 1,
      range: { start: { line: 1, character: 48 }, end: { line: 1, character: 75 } },
      codeDescription: { href: expect.stringContaining("docs/rules/transformers/strategy-mismatch.md") as string },
    });
    expect(diagnostic?.relatedInformation?.map(({ message }) => message)).toEqual(["eval_strategy is set here", "load_best_model_at_end is set here"]);
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: false, workspaceDiagnostics: false });
  });

  it("is told `unchanged` for the same text and settings, and not otherwise", async () => {
    const client = await start();
    await client.open(URI, BAD);
    const first = await client.report(URI);
    expect(first.kind).toBe("full");
    expect(await client.report(URI, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    await client.change(URI, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "\n" });
    expect((await client.report(URI, first.resultId)).kind).toBe("full");
  });

  it("follows edits through emoji, CRLF, a lone CR and a byte order mark", async () => {
    const client = await start();
    const head = "\uFEFF# 🤗\r\nfrom transformers import TrainingArguments\r";
    await client.open(URI, `${head}TrainingArguments("🤗", eval_strategy="epoch")\r\n`);
    expect(await client.diagnostics(URI)).toEqual([]);
    await client.change(URI, { range: { start: { line: 2, character: 45 }, end: { line: 2, character: 45 } }, text: ", load_best_model_at_end=True" });
    const [diagnostic] = await client.diagnostics(URI);
    expect(diagnostic?.range).toEqual({ start: { line: 2, character: 47 }, end: { line: 2, character: 74 } });
    await client.change(URI, { range: { start: { line: 2, character: 45 }, end: { line: 2, character: 74 } }, text: "" });
    expect(await client.diagnostics(URI)).toEqual([]);
    await client.change(URI, { text: BAD });
    expect(codes(await client.diagnostics(URI))).toEqual(["transformers/strategy-mismatch"]);
  });

  it("gets findings elsewhere in a file that is half typed", async () => {
    const client = await start();
    await client.open(URI, `${BAD}def broken(:\n    x = (\n`);
    expect(codes(await client.diagnostics(URI))).toEqual(["transformers/strategy-mismatch"]);
  });

  it("gets nothing, and at once, for a file that names no library, and for 50 MB", async () => {
    const client = await start();
    await client.open(URI, "print('hello')\n");
    expect(await client.diagnostics(URI)).toEqual([]);
    const large = "untitled:large.py";
    await client.open(large, `import transformers\n${"x = 1\n".repeat(8_000_000)}`);
    expect(await client.diagnostics(large)).toEqual([]);
    expect(client.logged.filter((message) => message.includes("larger than 2 MB"))).toHaveLength(1);
  });

  it("can cancel, and asks again", async () => {
    const client = await start();
    await client.open(URI, BAD);
    const { CancellationTokenSource } = await import("vscode-languageserver-protocol/node");
    const source = new CancellationTokenSource();
    const cancelled = client.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri: URI } }, source.token).catch((error: unknown) => error);
    source.cancel();
    await cancelled;
    expect(codes(await client.diagnostics(URI))).toEqual(["transformers/strategy-mismatch"]);
  });
});

describe("an editor that doesn't pull", () => {
  it("is sent diagnostics with their version, the latest only, and an empty list on closing", async () => {
    const client = await start({ capabilities: PLAIN });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await client.open(URI, GOOD);
    await client.change(URI, { text: BAD });
    await client.until(() => client.published.some(({ diagnostics }) => diagnostics.length > 0));
    expect(client.published.at(-1)).toMatchObject({ uri: URI, version: 2 });
    expect(client.published.filter(({ version }) => version === 1), "no answer for a version that was typed over").toEqual([]);
    await client.close(URI);
    await client.until(() => client.published.at(-1)?.diagnostics.length === 0);
  });

  it("takes settings from initializationOptions and from didChangeConfiguration", async () => {
    const client = await start({ capabilities: PLAIN, initializationOptions: { settings: { ignore: ["transformers"] } } });
    await client.open(URI, BAD);
    await client.until(() => client.published.length === 1);
    expect(client.published[0]?.diagnostics).toEqual([]);
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: { hfPreflight: { ignore: [] } } });
    await client.until(() => client.published.some(({ diagnostics }) => diagnostics.length > 0));
  });
});

describe("code actions", () => {
  it("repair, excuse and explain, in this order", async () => {
    const client = await start({ initializationOptions: { commands: ["hfPreflight.showRuleDocumentation"] } });
    await client.open(URI, BAD);
    const diagnostics = await client.diagnostics(URI);
    const actions = await client.actions(URI, diagnostics[0]?.range ?? EVERYWHERE, diagnostics);
    expect(actions.map(({ title }) => title)).toEqual([
      'Set `save_strategy="epoch"`, as the evaluation\'s',
      "Ignore transformers/strategy-mismatch on this line",
      "Show documentation of transformers/strategy-mismatch",
    ]);
    expect(actions.map(({ isPreferred }) => isPreferred === true)).toEqual([true, false, false]);
    expect(applied(BAD, actions[0])).toBe(BAD.replace("load_best", 'save_strategy="epoch", load_best'));
    expect(applied(BAD, actions[1])).toBe(BAD.replace("=True)\n", "=True)  # hf-preflight: ignore[transformers/strategy-mismatch]\n"));
    await client.change(URI, { text: applied(BAD, actions[0]) });
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  it("still fit when the document has moved on since the diagnostics", async () => {
    const client = await start();
    await client.open(URI, BAD);
    const diagnostics = await client.diagnostics(URI);
    await client.change(URI, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "# a line more\n" });
    const [fix] = await client.actions(URI, EVERYWHERE, diagnostics);
    const moved = `# a line more\n${BAD}`;
    expect(applied(moved, fix)).toBe(moved.replace("load_best", 'save_strategy="epoch", load_best'));
  });

  it("survive a client that hands back something else as data", async () => {
    const client = await start();
    await client.open(URI, BAD);
    const diagnostics = (await client.diagnostics(URI)).map((diagnostic) => ({ ...diagnostic, data: { fixes: "none" } }));
    expect((await client.actions(URI, EVERYWHERE, diagnostics)).map(({ title }) => title)).toHaveLength(2);
  });

  it("fix all that is safe, for source.fixAll and for its own kind, only when asked by kind", async () => {
    const client = await start();
    const two = BAD + BAD.slice(BAD.indexOf("\n") + 1);
    await client.open(URI, two);
    for (const only of [["source.fixAll"], ["source.fixAll.hf-preflight"]]) {
      const [action] = await client.actions(URI, EVERYWHERE, [], only);
      expect(action?.kind).toBe("source.fixAll.hf-preflight");
      expect(applied(two, action)).toBe(two.replaceAll("load_best", 'save_strategy="epoch", load_best'));
    }
    expect(await client.actions(URI, EVERYWHERE, [])).toEqual([]);
    expect(await client.actions(URI, EVERYWHERE, [], ["source.organizeImports"])).toEqual([]);
  });

  it("offer a place to fill in to editors that can, and not to others", async () => {
    const text = `from trl import SFTConfig\nSFTConfig("o", save_steps=0.1)\n`;
    for (const [capabilities, count] of [[VSCODE, 1], [{ ...VSCODE, workspace: { ...VSCODE.workspace, workspaceEdit: {} } }, 0]] as const) {
      const client = await start({ capabilities });
      await client.open(URI, text);
      const diagnostics = await client.diagnostics(URI);
      const snippets = (await client.actions(URI, EVERYWHERE, diagnostics)).filter(({ title }) => title === "Use a whole number of steps");
      expect(snippets).toHaveLength(count);
      if (count > 0) expect(JSON.stringify(snippets[0]?.edit)).toContain("${1:500}");
    }
  });

  it("put the ignore comment where Python allows one", async () => {
    const client = await start();
    const text = `from transformers import TrainingArguments\nx = TrainingArguments("out", \\\n    load_best_model_at_end=True, run_name="""a\nb""")\n`;
    await client.open(URI, text);
    const diagnostics = await client.diagnostics(URI);
    const ignore = (await client.actions(URI, EVERYWHERE, diagnostics)).find(({ title }) => title.startsWith("Ignore"));
    const after = applied(text, ignore);
    expect(after).toContain("\n# hf-preflight: ignore[transformers/strategy-mismatch]\nx = ");
    await client.change(URI, { text: after });
    expect(await client.diagnostics(URI)).toEqual([]);
  });
});

describe("hover", () => {
  it("explains the rule on a finding and on its id in a comment", async () => {
    const client = await start();
    await client.open(URI, `${BAD}x = 1  # hf-preflight: ignore[trl/decimal-save-steps]\n`);
    expect(JSON.stringify(await client.hover(URI, 1, 50))).toContain("transformers/strategy-mismatch");
    expect(JSON.stringify(await client.hover(URI, 2, 40))).toContain("A fractional save_steps");
    expect(await client.hover(URI, 0, 3)).toBeNull();
  });
});

describe("configuration", () => {
  it("changes with the editor's settings, and asks the editor to pull again", async () => {
    const client = await start();
    await client.open(URI, BAD);
    expect((await client.diagnostics(URI))[0]?.severity).toBe(1);
    await client.setSettings({ severity: { "transformers/strategy-mismatch": "hint" } });
    await client.until(() => client.refreshes > 0);
    expect((await client.diagnostics(URI))[0]?.severity).toBe(4);
    await client.setSettings({ enable: false });
    await client.until(() => client.refreshes > 1);
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  it("speaks for the versions in the settings", async () => {
    const ratio = `from transformers import TrainingArguments\nTrainingArguments("o", eval_strategy="steps", eval_steps=0.1, save_steps=0.5, load_best_model_at_end=True)\n`;
    const client = await start({ settings: { versions: { transformers: "4.46.3" } } });
    await client.open(URI, ratio);
    expect(codes(await client.diagnostics(URI))).toEqual(["transformers/strategy-mismatch"]);
    await client.setSettings({ versions: { transformers: "5.18.0" } });
    await client.until(() => client.refreshes > 0);
    expect(codes(await client.diagnostics(URI))).toEqual(["transformers/best-checkpoint-skipped"]);
  });

  it("is each root's own", async () => {
    const quiet = folder({ "hf-preflight.toml": `ignore = ["transformers/strategy-mismatch"]\n` });
    const loud = folder();
    const client = await start({ folders: [quiet.uri, loud.uri] });
    await client.open(`${quiet.uri}/train.py`, BAD);
    await client.open(`${loud.uri}/train.py`, BAD);
    expect(codes(await client.diagnostics(`${quiet.uri}/train.py`))).toEqual([]);
    expect(codes(await client.diagnostics(`${loud.uri}/train.py`))).toEqual(["transformers/strategy-mismatch"]);
  });

  it("keeps what a file last said when it breaks, and shows the problem in the file", async () => {
    const root = folder({ "hf-preflight.toml": `ignore = ["transformers/strategy-mismatch"]\n` });
    const client = await start({ folders: [root.uri] });
    const uri = `${root.uri}/train.py`;
    await client.open(uri, BAD);
    expect(await client.diagnostics(uri)).toEqual([]);
    writeFileSync(join(root.path, "hf-preflight.toml"), `ignore = ["transformers/strategy-mismatch"\n`);
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: `${root.uri}/hf-preflight.toml`, type: 2 }] });
    await client.until(() => client.refreshes > 0);
    expect(await client.diagnostics(uri)).toEqual([]);
    await client.until(() => client.published.length > 0);
    expect(client.published.at(-1)?.uri).toBe(`${root.uri}/hf-preflight.toml`);
    expect(client.published.at(-1)?.diagnostics[0]?.severity).toBe(1);
    writeFileSync(join(root.path, "hf-preflight.toml"), "");
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: `${root.uri}/hf-preflight.toml`, type: 2 }] });
    await client.until(() => client.refreshes > 1);
    expect(codes(await client.diagnostics(uri))).toEqual(["transformers/strategy-mismatch"]);
    await client.until(() => client.published.at(-1)?.diagnostics.length === 0);
  });
});
