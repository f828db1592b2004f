/** A script and the DeepSpeed configuration that it names: each is looked at again when the other changes. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import type { PublishDiagnosticsParams, Range } from "vscode-languageserver-protocol/node";
import { EditorClient, PLAIN_EDITOR, textIn } from "./support/client.js";

const rule = "accelerate/missing-deepspeed-config";
const script = 'from transformers import TrainingArguments\nargs = TrainingArguments("out", deepspeed="ds.json")\n';
const good = '{\n  "zero_optimization": { "stage": 2 }\n}\n';
const broken = '{\n  "zero_optimization": { "stage": 2 },\n}\n';

class Project {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "hf-preflight-named-")));

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    onTestFinished(() => {
      rmSync(this.path, { recursive: true });
    });
  }

  get uri(): string {
    return pathToFileURL(this.path).href;
  }

  address(name: string): string {
    return pathToFileURL(join(this.path, name)).href;
  }

  write(name: string, text: string): string {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), text);
    return this.address(name);
  }

  remove(name: string): string {
    rmSync(join(this.path, name));
    return this.address(name);
  }
}

/** The next list of diagnostics for a file. */
function published(client: EditorClient, uri: string): Promise<PublishDiagnosticsParams> {
  return client.published.next((params) => params.uri === uri);
}

describe("an editor that pulls", () => {
  it("shows what is wrong in the configuration, at the argument and in the file", async () => {
    const project = new Project({ "ds.json": broken });
    const client = await EditorClient.start({ folders: [project.uri] });
    const uri = project.address("train.py");
    client.open(uri, script);
    const [finding] = await client.diagnostics(uri);
    expect(finding).toMatchObject({ code: rule, severity: 1, relatedInformation: [{ message: "a comma before }", location: { uri: project.address("ds.json") } }] });
    expect(finding && textIn(script, finding.range)).toBe('deepspeed="ds.json"');
    const [there] = (await published(client, project.address("ds.json"))).diagnostics;
    expect(there).toMatchObject({ code: rule, severity: 1, message: finding?.message, relatedInformation: [{ location: { uri, range: finding?.range } }] });
    expect(there && textIn(broken, there.range)).toBe(",");
  });

  it("asks to be told of the file, wherever it may be, and of edits in it", async () => {
    const project = new Project();
    const client = await EditorClient.start({ folders: [project.uri] });
    const uri = project.address("scripts/train.py");
    client.open(uri, script);
    await client.diagnostics(uri);
    const watchers = [await client.watched.next(({ globPattern }) => typeof globPattern !== "string"), await client.watched.next(({ globPattern }) => typeof globPattern !== "string")];
    expect(watchers.map(({ globPattern }) => globPattern)).toEqual([
      { baseUri: project.uri, pattern: "ds.json" },
      { baseUri: project.address("scripts"), pattern: "ds.json" },
    ]);
    expect(await client.registered.next((method) => method === "textDocument/didOpen")).toBe("textDocument/didOpen");
  });

  it("looks again when the file changes on the disk; the result's name changes with it", async () => {
    const project = new Project({ "ds.json": good });
    const client = await EditorClient.start({ folders: [project.uri] });
    const uri = project.address("train.py");
    client.open(uri, script);
    const before = await client.pull(uri);
    expect(before).toMatchObject({ kind: "full", items: [] });
    expect(await client.pull(uri, before.resultId)).toMatchObject({ kind: "unchanged" });
    client.fileChanged(project.write("ds.json", broken));
    await client.refreshed.next();
    const after = await client.pull(uri, before.resultId);
    expect(after).toMatchObject({ kind: "full", items: [{ code: rule }] });
    expect((await published(client, project.address("ds.json"))).diagnostics).toHaveLength(1);
    client.fileChanged(project.write("ds.json", good));
    await client.refreshed.next();
    expect(await client.pull(uri, after.resultId)).toMatchObject({ kind: "full", items: [] });
    expect((await published(client, project.address("ds.json"))).diagnostics).toEqual([]);
  });

  it("says that a file is missing, where it looked, and finds it when it is made", async () => {
    const project = new Project();
    const client = await EditorClient.start({ folders: [project.uri] });
    const uri = project.address("scripts/train.py");
    client.open(uri, script);
    const [finding] = await client.diagnostics(uri);
    expect(finding).toMatchObject({ code: rule, severity: 2 });
    const folder = project.path.split("/").at(-1) ?? "";
    expect(finding?.message).toContain(`There is no ds.json in …${folder.slice(-17)} or …${`${folder}/scripts`.slice(-17)}: `);
    client.fileChanged(project.write("scripts/ds.json", good));
    await client.refreshed.next();
    expect(await client.rules(uri)).toEqual([]);
    client.fileChanged(project.remove("scripts/ds.json"));
    await client.refreshed.next();
    expect(await client.rules(uri)).toEqual([rule]);
  });

  it("goes by the text in the editor while the file is open, and by the disk when it is closed", async () => {
    const project = new Project({ "ds.json": good });
    const client = await EditorClient.start({ folders: [project.uri] });
    const [uri, named] = [project.address("train.py"), project.address("ds.json")];
    client.open(uri, script);
    expect(await client.rules(uri)).toEqual([]);
    client.open(named, good, "json");
    await client.refreshed.next();
    client.rewrite(named, broken);
    await client.refreshed.next();
    expect(await client.rules(uri)).toEqual([rule]);
    const [there] = (await published(client, named)).diagnostics;
    expect(there && textIn(broken, there.range)).toBe(",");
    client.close(named);
    await client.refreshed.next();
    expect(await client.rules(uri)).toEqual([]);
    expect((await published(client, named)).diagnostics).toEqual([]);
  });

  it("takes the file's diagnostics away when the script no longer names it, and when it is closed", async () => {
    const project = new Project({ "ds.json": broken });
    const client = await EditorClient.start({ folders: [project.uri] });
    const [uri, named] = [project.address("train.py"), project.address("ds.json")];
    client.open(uri, script);
    expect(await client.rules(uri)).toEqual([rule]);
    expect((await published(client, named)).diagnostics).toHaveLength(1);
    client.rewrite(uri, script.replace(', deepspeed="ds.json"', ""));
    expect(await client.rules(uri)).toEqual([]);
    expect((await published(client, named)).diagnostics).toEqual([]);
    client.rewrite(uri, script);
    expect(await client.rules(uri)).toEqual([rule]);
    expect((await published(client, named)).diagnostics).toHaveLength(1);
    client.close(uri);
    expect((await published(client, named)).diagnostics).toEqual([]);
  });

  it("offers to repair the file, where it stands now, and never as part of fix-all", async () => {
    const config = '{\n  "gradient_accumulation_steps": 2,\n  "zero_optimization": { "stage": 2 }\n}\n';
    const project = new Project({ "ds.json": config });
    const client = await EditorClient.start({ folders: [project.uri] });
    const [uri, named] = [project.address("train.py"), project.address("ds.json")];
    client.open(uri, script.replace("deepspeed=", "gradient_accumulation_steps=4, deepspeed="));
    const found = await client.diagnostics(uri);
    expect(found).toMatchObject([{ code: "accelerate/deepspeed-mismatch" }]);
    const repair = async (text: string): Promise<string> => {
      const action = (await client.actions(uri, found)).find(({ title }) => title.includes("in ds.json"));
      const edit = action?.edit?.documentChanges?.[0] as { textDocument: unknown; edits: { range: Range; newText: string }[] } | undefined;
      expect(edit?.textDocument).toEqual({ uri: named, version: null });
      const [change] = edit?.edits ?? [];
      return change ? `${textIn(text, change.range)} -> ${change.newText}` : "";
    };
    expect(await repair(config)).toBe('2 -> "auto"');
    client.open(named, config, "json");
    client.rewrite(named, `\n\n${config}`);
    await client.refreshed.next();
    expect(await repair(`\n\n${config}`)).toBe('2 -> "auto"');
    expect(await client.fixAll(uri)).toBe(client.textOf(uri));
  });

  it("says what two scripts share once, until neither says it", async () => {
    const project = new Project({ "ds.json": broken });
    const client = await EditorClient.start({ folders: [project.uri] });
    const [first, second, named] = [project.address("a.py"), project.address("b.py"), project.address("ds.json")];
    for (const uri of [first, second]) {
      client.open(uri, script);
      expect(await client.rules(uri)).toEqual([rule]);
    }
    expect((await published(client, named)).diagnostics).toHaveLength(1);
    client.close(first);
    client.close(second);
    // The second script's own word may come in between: it is the same finding seen from there.
    expect((await client.published.next((params) => params.uri === named && params.diagnostics.length === 0)).diagnostics).toEqual([]);
  });

  it("ignores it in both places with a comment in the script", async () => {
    const project = new Project({ "ds.json": broken });
    const client = await EditorClient.start({ folders: [project.uri] });
    const uri = project.address("train.py");
    client.open(uri, script);
    expect(await client.rules(uri)).toEqual([rule]);
    expect((await published(client, project.address("ds.json"))).diagnostics).toHaveLength(1);
    client.rewrite(uri, script.replace(/\n$/, `  # hf-preflight: ignore[${rule}]\n`));
    expect(await client.rules(uri)).toEqual([]);
    expect((await published(client, project.address("ds.json"))).diagnostics).toEqual([]);
  });
});

describe("an editor that is pushed to", () => {
  it("gets both lists, and new ones when either is edited", async () => {
    const project = new Project({ "ds.json": broken });
    const client = await EditorClient.start({ capabilities: PLAIN_EDITOR, folders: [project.uri] });
    const [uri, named] = [project.address("train.py"), project.address("ds.json")];
    client.open(uri, script);
    expect((await client.published.next((params) => params.uri === uri && params.diagnostics.length === 1)).diagnostics).toMatchObject([{ code: rule }]);
    expect((await published(client, named)).diagnostics).toHaveLength(1);
    client.open(named, broken, "json");
    client.rewrite(named, good);
    expect((await client.published.next((params) => params.uri === uri && params.diagnostics.length === 0)).diagnostics).toEqual([]);
    expect((await published(client, named)).diagnostics).toEqual([]);
  });
});
