import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { EditorClient, PLAIN_EDITOR, textIn, VS_CODE, type ClientOptions } from "./support/client.js";

const rule = "transformers/strategy-mismatch";
const mismatch = `from transformers import TrainingArguments\nTrainingArguments("out", eval_strategy="epoch", load_best_model_at_end=True)\n`;
const ignoring = `ignore = ["${rule}"]\n`;

interface Root {
  readonly uri: string;
  address(name: string): string;
  write(name: string, text: string): string;
  remove(name: string): void;
}

/** A folder of the workspace, gone after the test. */
function root(files: Readonly<Record<string, string>> = {}): Root {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "hf-preflight-root-")));
  onTestFinished(() => rmSync(path, { recursive: true }));
  const address = (name: string): string => pathToFileURL(join(path, name)).href;
  const write = (name: string, text: string): string => {
    mkdirSync(join(path, name, ".."), { recursive: true });
    writeFileSync(join(path, name), text);
    return address(name);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { uri: pathToFileURL(path).href, address, write, remove: (name) => rmSync(join(path, name)) };
}

describe("the editor's settings", () => {
  const uri = "file:///project/settings.py";

  it("are asked for, and asked for again when they change; the editor is told to pull", async () => {
    const client = await EditorClient.start();
    expect([await client.registered.next(), await client.registered.next()].sort()).toEqual(["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]);
    client.open(uri, mismatch);
    const before = await client.pull(uri);
    expect(before).toMatchObject({ items: [{ code: rule, severity: 1 }] });
    client.settings = { "": { severity: { [rule]: "hint" } } };
    client.configurationChanged(null);
    await client.refreshed.next();
    const after = await client.pull(uri, before.resultId);
    expect(after).toMatchObject({ kind: "full", items: [{ code: rule, severity: 4 }] });
    client.settings = { "": { enable: false } };
    client.configurationChanged(null);
    await client.refreshed.next();
    expect(await client.pull(uri, after.resultId)).toMatchObject({ kind: "full", items: [] });
    expect(await client.actions(uri, [], { only: ["source.fixAll"] })).toEqual([]);
  });

  it("that say the same as before leave the results as they are", async () => {
    const client = await EditorClient.start();
    client.open(uri, mismatch);
    const { resultId } = await client.pull(uri);
    client.configurationChanged(null);
    await client.refreshed.next();
    expect((await client.pull(uri, resultId)).kind).toBe("unchanged");
  });

  it("decide which versions the rules speak for", async () => {
    const client = await EditorClient.start({ settings: { "": { versions: { transformers: "4.46.3" } } } });
    client.open(uri, mismatch.replace('"epoch"', '"steps", eval_steps=0.1, save_steps=0.5'));
    expect(await client.rules(uri)).toEqual([rule]);
    client.settings = { "": { versions: { transformers: "5.18.0" } } };
    client.configurationChanged(null);
    await client.refreshed.next();
    expect(await client.rules(uri)).not.toContain(rule);
  });

  it("that are wrong are told once in the log, and their defaults count", async () => {
    const client = await EditorClient.start({ settings: { "": { ignore: 7, severity: { [rule]: "hint" } } } });
    client.open(uri, mismatch);
    expect(await client.diagnostics(uri)).toMatchObject([{ severity: 4 }]);
    expect(await client.logged.next()).toContain("hfPreflight.ignore");
    client.configurationChanged(null);
    await client.refreshed.next();
    await client.diagnostics(uri);
    expect(client.logged.drain()).toEqual([]);
  });

  it("reach a plain editor's server in initializationOptions and in didChangeConfiguration", async () => {
    const client = await EditorClient.start({ capabilities: PLAIN_EDITOR, initializationOptions: { settings: { ignore: [rule] } } });
    client.open(uri, mismatch);
    expect((await client.published.next()).diagnostics).toEqual([]);
    client.configurationChanged({ hfPreflight: { ignore: [] } });
    expect((await client.published.next()).diagnostics).toMatchObject([{ code: rule }]);
    client.configurationChanged({ python: {} });
    expect((await client.published.next()).diagnostics).toMatchObject([{ code: rule }]);
  });

  it("hold for what the initialization options said where the editor can't answer", async () => {
    const client = await EditorClient.start({ capabilities: { ...VS_CODE, workspace: {} }, initializationOptions: { settings: { ignore: [rule] } } });
    client.open(uri, mismatch);
    expect(await client.diagnostics(uri)).toEqual([]);
  });
});

describe("several roots", () => {
  it("each have their own file and their own settings", async () => {
    const quiet = root({ "hf-preflight.toml": ignoring });
    const loud = root();
    const hinting = root({ "pyproject.toml": `[project]\nname = "x"\n[tool.hf-preflight]\nseverity = { ALL = "hint" }\n` });
    const off = root();
    const roots = [quiet, loud, hinting, off];
    const client = await EditorClient.start({ folders: roots.map(({ uri }) => uri), settings: { [off.uri]: { enable: false } } });
    for (const { address } of roots) client.open(address("deep/train.py"), mismatch);
    expect(await client.rules(quiet.address("deep/train.py"))).toEqual([]);
    expect(await client.diagnostics(loud.address("deep/train.py"))).toMatchObject([{ code: rule, severity: 1 }]);
    expect(await client.diagnostics(hinting.address("deep/train.py"))).toMatchObject([{ code: rule, severity: 4 }]);
    expect(await client.rules(off.address("deep/train.py"))).toEqual([]);
  });

  it("can come and go", async () => {
    const added = root();
    const client = await EditorClient.start({ settings: { [added.uri]: { ignore: [rule] } } });
    const uri = added.address("train.py");
    client.open(uri, mismatch);
    expect(await client.rules(uri)).toEqual([rule]);
    client.send("workspace/didChangeWorkspaceFolders", { event: { added: [{ uri: added.uri, name: "added" }], removed: [] } });
    await client.refreshed.next();
    expect(await client.rules(uri)).toEqual([]);
    client.send("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [{ uri: added.uri, name: "added" }] } });
    await client.refreshed.next();
    expect(await client.rules(uri)).toEqual([rule]);
  });

  it("leave out files as the configuration says", async () => {
    const folder = root({ "hf-preflight.toml": `exclude = ["build"]\nper-file-ignores = { "old_*.py" = ["transformers"] }\n` });
    const client = await EditorClient.start({ folders: [folder.uri] });
    const found: Record<string, string[]> = {};
    for (const name of ["build/train.py", "old_train.py", "train.py"]) {
      client.open(folder.address(name), mismatch);
      found[name] = await client.rules(folder.address(name));
    }
    expect(found).toEqual({ "build/train.py": [], "old_train.py": [], "train.py": [rule] });
  });
});

describe("a configuration file", () => {
  async function configured(text: string, options: ClientOptions = {}): Promise<{ client: EditorClient; folder: Root; uri: string; file: string }> {
    const folder = root({ "hf-preflight.toml": text });
    const client = await EditorClient.start({ folders: [folder.uri], ...options });
    const uri = folder.address("train.py");
    client.open(uri, mismatch);
    return { client, folder, uri, file: folder.address("hf-preflight.toml") };
  }

  it("that breaks keeps what it last said, and shows where it is broken until it is mended", async () => {
    const { client, folder, uri, file } = await configured(ignoring);
    expect(await client.rules(uri)).toEqual([]);
    const broken = `${ignoring}select = [\n`;
    folder.write("hf-preflight.toml", broken);
    client.fileChanged(file);
    await client.refreshed.next();
    expect(await client.rules(uri)).toEqual([]);
    expect(await client.published.next()).toMatchObject({ uri: file, diagnostics: [{ source: "hf-preflight", severity: 1, message: expect.stringContaining("TOML") as string }] });
    folder.write("hf-preflight.toml", "");
    client.fileChanged(file);
    expect(await client.published.next()).toEqual({ uri: file, diagnostics: [] });
    await client.refreshed.next();
    expect(await client.rules(uri)).toEqual([rule]);
  });

  it("with a wrong entry is used without it, and the entry is underlined; deleting the file takes that back", async () => {
    const text = `${ignoring}selekt = ["trl"]\n`;
    const { client, folder, uri, file } = await configured(text);
    expect(await client.rules(uri)).toEqual([]);
    const { diagnostics } = await client.published.next();
    expect(diagnostics.map(({ range }) => textIn(text, range))).toEqual(["selekt"]);
    expect(diagnostics[0]?.message).toContain("select");
    folder.remove("hf-preflight.toml");
    client.fileChanged(file);
    expect(await client.published.next()).toEqual({ uri: file, diagnostics: [] });
    await client.refreshed.next();
    expect(await client.rules(uri)).toEqual([rule]);
  });

  it("yields to the editor's settings where both speak, unless the user prefers it otherwise", async () => {
    const editor = { severity: { [rule]: "warning" } };
    const { client, folder, uri } = await configured(`severity = { "${rule}" = "hint" }\n`);
    const severityWith = async (settings: object): Promise<unknown> => {
      client.settings = { [folder.uri]: settings };
      client.configurationChanged(null);
      await client.refreshed.next();
      return (await client.diagnostics(uri))[0]?.severity;
    };
    expect(await severityWith({})).toBe(4);
    expect(await severityWith(editor)).toBe(2);
    expect(await severityWith({ ...editor, configurationPreference: "filesystemFirst" })).toBe(4);
    expect(await severityWith({ configurationPreference: "editorOnly" })).toBe(1);
  });

  it("is read again on saving where the editor watches no files", async () => {
    const { client, folder, uri } = await configured(ignoring, { capabilities: PLAIN_EDITOR });
    expect((await client.published.next()).diagnostics).toEqual([]);
    folder.write("hf-preflight.toml", "");
    client.save(uri);
    expect((await client.published.next()).diagnostics).toMatchObject([{ code: rule }]);
  });
});
