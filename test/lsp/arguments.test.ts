/** Hovers, completions and inlay hints on the arguments of library calls, over the protocol, at two versions each. */
import { CompletionItemTag, MarkupContent, TextEdit, type CompletionItem } from "vscode-languageserver-protocol/node";
import { describe, expect, it } from "vitest";
import { EditorClient, PLAIN_EDITOR, positionIn, textIn } from "./support/client.js";
import { FAKE_SERVER } from "./support/serverBundle.js";

const uri = "file:///project/train.py";
const OLD = { transformers: "4.45.2", trl: "0.9.6" };
const NEW = { transformers: "5.0.0", trl: "1.13.0" };

/** A client with a document; `|` in it is the cursor. */
async function opened(marked: string, versions: Readonly<Record<string, string>> = {}, more: object = {}): Promise<{ client: EditorClient; cursor: number }> {
  const client = await EditorClient.start({ entry: FAKE_SERVER, settings: { "": { versions, ...more } } });
  client.open(uri, marked.replace("|", ""));
  return { client, cursor: marked.indexOf("|") };
}

const labels = (items: readonly CompletionItem[]): string[] => items.map(({ label }) => label);

function after(text: string, { textEdit }: CompletionItem): string {
  if (!TextEdit.is(textEdit)) throw new Error("the completion has no edit");
  const [start, end] = [textEdit.range.start, textEdit.range.end].map((position) => text.split(/(?<=\n)/).slice(0, position.line).join("").length + position.character);
  return text.slice(0, start) + textEdit.newText + text.slice(end);
}

describe("completion", () => {
  it("offers the arguments of the version, with documentation on request", async () => {
    const script = "from trl import SFTConfig\r\nname = '🤗'; args = SFTConfig(ma|)\r\n";
    const old = await opened(script, OLD);
    expect(labels(await old.client.completions(uri, old.cursor))).toEqual(expect.arrayContaining(["max_seq_length=", "evaluation_strategy="]));
    const { client, cursor } = await opened(script, NEW);
    const items = await client.completions(uri, cursor);
    expect(labels(items)).toEqual(["output_dir=", "do_eval=", "eval_strategy=", "eval_steps=", "max_steps=", "save_strategy=", "max_length=", "packing="]);
    const item = items.find(({ label }) => label === "max_length=");
    expect(item).toMatchObject({ labelDetails: { detail: " 1024", description: "HF Preflight" } });
    expect(item?.documentation).toBeUndefined();
    expect(item && after(client.textOf(uri), item)).toBe("from trl import SFTConfig\r\nname = '🤗'; args = SFTConfig(max_length=)\r\n");
    const resolved = item && (await client.resolve(item));
    expect(MarkupContent.is(resolved?.documentation) && resolved.documentation.value).toContain("max_length: int | None = 1024");
  });

  it("marks what is deprecated", async () => {
    const { client, cursor } = await opened("from transformers import TrainingArguments\nTrainingArguments(|)\n", OLD);
    const items = await client.completions(uri, cursor);
    expect(items.filter(({ tags }) => tags?.includes(CompletionItemTag.Deprecated)).map(({ label }) => label)).toEqual(["evaluation_strategy="]);
  });

  it("offers the values of the version, in the middle of typing", async () => {
    const script = 'from transformers import TrainingArguments\nTrainingArguments(save_strategy="|\nx = 1\n';
    const old = await opened(script, OLD);
    expect(labels(await old.client.completions(uri, old.cursor))).toEqual(["no", "steps", "epoch"]);
    const { client, cursor } = await opened(script, NEW);
    expect(labels(await client.completions(uri, cursor))).toEqual(["no", "steps", "epoch", "best"]);
    client.type(uri, cursor, cursor, "be");
    expect(labels(await client.completions(uri, cursor + 2))).toContain("best");
  });

  it("can be switched off, and is off with the checker", async () => {
    const script = "from transformers import TrainingArguments\nTrainingArguments(|)\n";
    const { client, cursor } = await opened(script, NEW, { completion: { arguments: false } });
    expect(await client.completions(uri, cursor)).toEqual([]);
    const disabled = await opened(script, NEW, { enable: false });
    expect(await disabled.client.completions(uri, disabled.cursor)).toEqual([]);
  });

  it("leaves the items of others alone", async () => {
    const { client } = await opened("import transformers|");
    expect(await client.resolve({ label: "x", data: 5 })).toEqual({ label: "x", data: 5 });
  });
});

describe("hover", () => {
  const text = 'from transformers import TrainingArguments\nname = "🤗"\nTrainingArguments(save_strategy="no", output_dir=bad_word)\n';
  const hoverOn = async (client: EditorClient, words: string): Promise<{ on: string; says: string } | undefined> => {
    const found = await client.hover(uri, positionIn(text, text.indexOf(words) + 1));
    if (!found?.range || !MarkupContent.is(found.contents)) return undefined;
    return { on: textIn(text, found.range), says: found.contents.value };
  };

  it("says what an argument is in the version", async () => {
    const old = await opened(text, OLD);
    expect(await hoverOn(old.client, "save_strategy")).toMatchObject({ on: "save_strategy", says: expect.not.stringContaining('· `"best"`') as string });
    const { client } = await opened(text, NEW);
    const found = await hoverOn(client, "save_strategy");
    expect(found?.says).toContain('Values: `"no"` · `"steps"` · `"epoch"` · `"best"`');
    expect(found?.says).toContain("*transformers 5.0.0*");
    expect((await hoverOn(client, "bad_word"))?.says).toContain("fake/bad-word");
  });

  it("is plain where no Markdown is shown", async () => {
    const client = await EditorClient.start({ entry: FAKE_SERVER, capabilities: PLAIN_EDITOR, initializationOptions: { settings: { versions: NEW } } });
    client.open(uri, text);
    expect((await hoverOn(client, "save_strategy"))?.says).toMatch(/^save_strategy: SaveStrategy \| str = 'steps'\n\n.*transformers 5\.0\.0$/s);
  });

  it("can be switched off", async () => {
    const { client } = await opened(text, NEW, { "hover.arguments": false });
    expect(await hoverOn(client, "save_strategy")).toBeUndefined();
    expect((await hoverOn(client, "bad_word"))?.says).toContain("fake/bad-word");
  });
});

describe("inlay hints", () => {
  const text = "from transformers import TrainingArguments\nTrainingArguments(gradient_accumulation_steps=4, save_steps=0.5, max_steps=10)\n";

  it("stand behind the argument, each switchable", async () => {
    const { client } = await opened(text);
    expect((await client.inlayHints(uri)).map(({ label, position }) => [label, position])).toEqual([
      ["32 per GPU and step", positionIn(text, text.indexOf(", save_steps"))],
      ["every 5 steps", positionIn(text, text.indexOf(", max_steps"))],
    ]);
    client.settings = { "": { inlayHints: { batchSize: false } } };
    client.configurationChanged({});
    await client.inlayHintsRefreshed.next();
    expect((await client.inlayHints(uri)).map(({ label }) => label)).toEqual(["every 5 steps"]);
  });

  it("count the evaluations of a simpletransformers training", async () => {
    const head = "from simpletransformers.ner import NERArgs, NERModel\nargs = NERArgs(evaluate_during_training=True, ";
    const simple = `${head}evaluate_during_training_steps=-1, num_train_epochs=3)\nmodel = NERModel("bert", "b", args=args)\nmodel.train_model(df, eval_data=e)\n`;
    const { client } = await opened(simple);
    expect((await client.inlayHints(uri)).map(({ label, position }) => [label, position])).toEqual([["3 evaluations", positionIn(simple, simple.indexOf(", num_train_epochs"))]]);
    client.settings = { "": { inlayHints: { evaluations: false } } };
    client.configurationChanged({});
    await client.inlayHintsRefreshed.next();
    expect(await client.inlayHints(uri)).toEqual([]);
  });
});
