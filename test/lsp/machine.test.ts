/** Which GPUs the server's machine has: known a moment after the start, and then everything is looked at again. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { EditorClient, PLAIN_EDITOR } from "./support/client.js";
import { FAKE_SERVER } from "./support/serverBundle.js";

const uri = "file:///project/train.py";
const script = "import transformers\ngpus_here\n";
const message = "This machine has Tesla T4.";

/** What the driver lays out, in a place of our own. */
function driver(): string {
  const folder = mkdtempSync(join(tmpdir(), "hf-preflight-gpus-"));
  mkdirSync(join(folder, "0000.00.1e.0"));
  writeFileSync(join(folder, "0000.00.1e.0", "information"), "Model: \t\t Tesla T4\nIRQ:   \t\t 70\n");
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

it("an editor that pulls is told to pull again", async () => {
  const client = await EditorClient.start({ entry: FAKE_SERVER, environment: { TEST_GPUS: driver() } });
  client.open(uri, script);
  const early = await client.pull(uri);
  await client.refreshed.next();
  const late = await client.pull(uri);
  expect(late).toMatchObject({ kind: "full", items: [{ code: "fake/gpus", message, severity: 3 }] });
  // What was known before it came has another name than what is known now.
  const isEarly = early.kind === "full" && early.items.length === 0;
  expect(late.resultId === early.resultId).toBe(!isEarly);
});

it("an editor that is pushed to gets it by itself", async () => {
  const client = await EditorClient.start({ entry: FAKE_SERVER, capabilities: PLAIN_EDITOR, environment: { TEST_GPUS: driver() } });
  client.open(uri, script);
  const { diagnostics } = await client.published.next((params) => params.diagnostics.length > 0);
  expect(diagnostics.map((each) => each.message)).toEqual([message]);
});

it("where the driver tells nothing, nothing is known", async () => {
  const client = await EditorClient.start({ entry: FAKE_SERVER, environment: { TEST_GPUS: "/nowhere" } });
  client.open(uri, script);
  expect(await client.diagnostics(uri)).toEqual([]);
});
