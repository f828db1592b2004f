import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { CancellationTokenSource, LSPErrorCodes, type CodeAction } from "vscode-languageserver-protocol/node";
import { EditorClient, PLAIN_EDITOR } from "./support/client.js";
import { FAKE_SERVER, REAL_SERVER, serverBundle } from "./support/serverBundle.js";

const uri = "file:///project/robust.py";
const mismatch = `from transformers import TrainingArguments\nTrainingArguments("out", eval_strategy="epoch", load_best_model_at_end=True)\n`;

it("a rule that throws is logged once with its stack, and the others run", async () => {
  const client = await EditorClient.start({ entry: FAKE_SERVER });
  client.open(uri, "import transformers\nbad_word  # boom\n");
  expect(await client.rules(uri)).toEqual(["fake/bad-word"]);
  const message = await client.logged.next();
  expect(message).toContain("fake/throws");
  expect(message).toMatch(/the rule went off[\s\S]*\n\s+at /);
  client.type(uri, 0, 0, "# again\n");
  expect(await client.rules(uri)).toEqual(["fake/bad-word"]);
  client.open("file:///project/other.py", "import transformers\n# boom\n");
  expect(await client.rules("file:///project/other.py")).toEqual([]);
  expect(client.logged.drain()).toEqual([]);
});

it("a file of 50 MB costs nothing but a line in the log", async () => {
  const client = await EditorClient.start();
  const line = "x = 1  # transformers\n";
  client.open(uri, line.repeat(Math.ceil(50_000_000 / line.length)));
  expect(await client.diagnostics(uri)).toEqual([]);
  expect(await client.logged.next()).toMatch(/robust\.py .*2,000,000 characters.* not checked/);
  expect(await client.actions(uri, [], { only: ["source.fixAll"] })).toEqual([]);
  expect(await client.hover(uri, { line: 0, character: 0 })).toBeNull();
  client.rewrite(uri, mismatch);
  expect(await client.rules(uri)).toEqual(["transformers/strategy-mismatch"]);
  expect(client.logged.drain()).toEqual([]);
});

describe("text that no program is", () => {
  it.each([
    ["nothing", ""],
    ["a byte order mark alone", "\uFEFF"],
    ["nul characters", "import transformers\n\0\0\0"],
    ["half a surrogate pair", 'import transformers\nx = "\uD83E"\n'],
    ["ten thousand brackets", `import transformers\n${"(".repeat(10_000)}`],
    ["a deep attribute chain", `import transformers\nx${".a".repeat(10_000)}\n`],
    ["an unclosed string", `import transformers\n"""${"word ".repeat(10_000)}`],
  ])("%s gets an answer", async (_, text) => {
    const client = await EditorClient.start();
    client.open(uri, text);
    expect(await client.diagnostics(uri)).toEqual([]);
    client.rewrite(uri, mismatch);
    expect(await client.rules(uri)).toEqual(["transformers/strategy-mismatch"]);
    expect(client.logged.drain()).toEqual([]);
  });
});

describe("cancellation", () => {
  it("of a pull is answered as such, and the next pull has the whole result", async () => {
    const client = await EditorClient.start();
    client.open(uri, mismatch);
    const source = new CancellationTokenSource();
    const pull = client.pull(uri, undefined, source.token);
    source.cancel();
    await expect(pull).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    expect(await client.rules(uri)).toEqual(["transformers/strategy-mismatch"]);
  });

  it("of all but the last of many pulls, as typing does it, leaves the last with the right answer", async () => {
    const client = await EditorClient.start();
    client.open(uri, "");
    const cancelled: Promise<unknown>[] = [];
    for (const letter of mismatch) {
      client.type(uri, client.textOf(uri).length, client.textOf(uri).length, letter);
      const source = new CancellationTokenSource();
      cancelled.push(client.pull(uri, undefined, source.token).catch((error: unknown) => error));
      source.cancel();
    }
    expect(await client.rules(uri)).toEqual(["transformers/strategy-mismatch"]);
    for (const result of await Promise.all(cancelled)) expect(result).toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  });
});

it("what the protocol doesn't know is refused, and the server goes on", async () => {
  const client = await EditorClient.start();
  await expect(client.request("textDocument/nonsense", {})).rejects.toMatchObject({ code: -32601 });
  client.send("textDocument/didChange", { textDocument: { uri: "file:///never/opened.py", version: 2 }, contentChanges: [{ text: "x" }] });
  client.send("$/nonsense", {});
  client.open(uri, mismatch);
  client.send("textDocument/didChange", { textDocument: { uri, version: 2 }, contentChanges: [{ range: "nonsense", text: "x" }] });
  client.rewrite(uri, mismatch);
  expect(await client.rules(uri)).toEqual(["transformers/strategy-mismatch"]);
});

describe("the end", () => {
  it("by shutdown and exit leaves no process, even with a check waiting to be pushed", async () => {
    const client = await EditorClient.launch({ capabilities: PLAIN_EDITOR });
    client.open(uri, mismatch);
    expect(await client.stop()).toBe(0);
  });

  it("comes by itself when the editor is gone", async () => {
    const client = await EditorClient.launch();
    client.open(uri, mismatch);
    await client.diagnostics(uri);
    client.process.stdin?.end();
    expect(await client.exited).toBe(1);
  });

  it("comes at once, with a word, when no transport is named", async () => {
    const child = spawn(process.execPath, [await serverBundle(REAL_SERVER)], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stderr.on("data", (data: Buffer) => (said += data.toString()));
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(2);
    expect(said).toContain("--stdio");
  });
});

it("a server started over Node's own channel, as VS Code starts it, answers too", async () => {
  const child = spawn(process.execPath, [await serverBundle(REAL_SERVER), "--node-ipc"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const answer = new Promise<unknown>((resolve) => child.on("message", resolve));
  child.send({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: process.pid, rootUri: null, capabilities: {}, workspaceFolders: null } });
  expect(await answer).toMatchObject({ id: 1, result: { serverInfo: { name: "HF Preflight" } } });
  const exited = new Promise((resolve) => child.on("exit", resolve));
  child.kill();
  await exited;
});

it("an edit made for one version says so, so that an editor that has typed on refuses it", async () => {
  const client = await EditorClient.start();
  client.open(uri, mismatch);
  const diagnostics = await client.diagnostics(uri);
  const [fix] = await client.actions(uri, diagnostics, { only: ["quickfix"] });
  expect((fix as CodeAction).edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: 1 } }]);
});
