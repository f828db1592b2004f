import { MarkupContent } from "vscode-languageserver-protocol/node";
import { expect, it } from "vitest";
import { EditorClient, PLAIN_EDITOR, positionIn, textIn } from "./support/client.js";
import { FAKE_SERVER } from "./support/serverBundle.js";

const uri = "file:///project/hover.py";
const text = "import transformers\r\nname = '🤗'; bad_word\r\nx = step_1  # hf-preflight: ignore[fake/step]\r\n";

async function hoverOn(client: EditorClient, words: string): Promise<{ on: string; kind: string; value: string } | undefined> {
  const hover = await client.hover(uri, positionIn(text, text.indexOf(words) + 2));
  if (!hover?.range || !MarkupContent.is(hover.contents)) return undefined;
  return { on: textIn(text, hover.range), kind: hover.contents.kind, value: hover.contents.value };
}

it("a hover explains the rule on a finding and on its id in a comment, and nowhere else", async () => {
  const client = await EditorClient.start({ entry: FAKE_SERVER });
  client.open(uri, text);
  const page = "https://github.com/hf-preflight/hf-preflight/blob/main/docs/rules/fake/bad-word.md";
  const finding = await hoverOn(client, "bad_word");
  expect(finding).toMatchObject({ on: "bad_word", kind: "markdown" });
  for (const part of ["fake/bad-word", "A word that is no good.", "It is **wrong** after `hours`.", page]) expect(finding?.value).toContain(part);
  expect(await hoverOn(client, "fake/step")).toMatchObject({ on: "fake/step", value: expect.stringContaining("A word that is no good.") as string });
  expect(await hoverOn(client, "import")).toBeUndefined();
  expect(await hoverOn(client, "step_1")).toBeUndefined();
});

it("an editor that shows no Markdown gets plain text", async () => {
  const client = await EditorClient.start({ entry: FAKE_SERVER, capabilities: PLAIN_EDITOR });
  client.open(uri, text);
  const finding = await hoverOn(client, "bad_word");
  expect(finding).toMatchObject({ kind: "plaintext", value: expect.stringContaining("It is wrong after hours.") as string });
  expect(finding?.value).toContain("Documentation: https://");
});
