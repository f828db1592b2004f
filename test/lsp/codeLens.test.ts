/** Run and Smoke Run over the protocol. */
import { expect, it } from "vitest";
import { EditorClient } from "./support/client.js";

const uri = "file:///project/train.py";
const text = "from transformers import Trainer\n\nTrainer(model).train()\n";
const commands = ["hfPreflight.runScript", "hfPreflight.smokeRun"];

it("a client that can run scripts gets both above the training, and not where they are switched off", async () => {
  const client = await EditorClient.start({ initializationOptions: { commands } });
  client.open(uri, text);
  const lenses = await client.codeLenses(uri);
  expect(lenses.map(({ command, range }) => [command?.command, command?.arguments, range.start.line])).toEqual([
    ["hfPreflight.runScript", [uri], 2],
    ["hfPreflight.smokeRun", [uri], 2],
  ]);
  client.open("untitled:Untitled-1", text);
  expect(await client.codeLenses("untitled:Untitled-1")).toEqual([]);
});

it("a setting switches them off", async () => {
  const client = await EditorClient.start({ initializationOptions: { commands }, settings: { "": { codeLens: false } } });
  client.open(uri, text);
  expect(await client.codeLenses(uri)).toEqual([]);
});

it("a client that can't run scripts, or may not, isn't offered any", async () => {
  const client = await EditorClient.start();
  expect(client.initializeResult?.capabilities.codeLensProvider).toBeUndefined();
});
