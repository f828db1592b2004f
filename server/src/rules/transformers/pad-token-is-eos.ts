import { defineRule } from "../../analysis/rule.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { truthOf } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { Kind } from "../../syntax/kind.js";

export default defineRule({
  id: "transformers/pad-token-is-eos",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["DataCollatorForLanguageModeling"],
  messages: {
    masked: "The pad token is the end token, and this collator gives padding no label: the end tokens that the script adds get none either, and the model never learns to stop. Use another pad token.",
  },
  docs: {
    summary: "The end token as pad token, with a collator that masks all padding in the labels.",
    why: `\`DataCollatorForLanguageModeling(mlm=False)\` copies the input to the labels and sets every pad token to -100, which the loss leaves out. After
\`tokenizer.pad_token = tokenizer.eos_token\` the two have the same id, so the *real* end tokens of the texts lose their label too: \`[.., 49, eos]\` becomes \`[.., 49, -100]\`. The loss looks
fine, and the trained model goes on until \`max_new_tokens\`.

A pad token of its own helps (\`tokenizer.add_special_tokens({"pad_token": "<pad>"})\` and \`model.resize_token_embeddings(len(tokenizer))\`), or a token that the tokenizer has and the texts
don't.`,
    examples: [
      {
        bad: `from transformers import AutoTokenizer, DataCollatorForLanguageModeling

tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.pad_token = tokenizer.eos_token


def encode(row):
    return tokenizer(row["text"] + tokenizer.eos_token, truncation=True)


collator = DataCollatorForLanguageModeling(tokenizer, mlm=False)
`,
        good: `from transformers import AutoTokenizer, DataCollatorForLanguageModeling

tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.add_special_tokens({"pad_token": "<pad>"})


def encode(row):
    return tokenizer(row["text"] + tokenizer.eos_token, truncation=True)


collator = DataCollatorForLanguageModeling(tokenizer, mlm=False)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/data/data_collator.py"],
    silent: "Where the script doesn't add end tokens to its texts itself, so that there are none to lose; for inference; with other collators.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsTo("transformers.DataCollatorForLanguageModeling", { subclasses: false })) {
      const tokenizer = call.value("tokenizer", 0);
      if (truthOf(call.value("mlm", 1)) !== false || tokenizer.kind !== "instance") continue;
      const pad = padsWithEnd(script, tokenizer.object);
      const end = addedEnd(script);
      if (pad === undefined || end === undefined) continue;
      ctx.report({
        message: "masked",
        at: script.tree.span(pad),
        related: [{ message: "an end token is added here", range: script.tree.span(end) }, { message: "masks all padding", range: call.nameSpan }],
      });
    }
  },
});

/** `tokenizer.pad_token = tokenizer.eos_token`, if that is the one write to the pad token. */
function padsWithEnd(script: Script, tokenizer: ScriptObject): Node | undefined {
  const events = script.eventsOf(tokenizer);
  if (events.some((event) => event.kind === "escaped" || (event.kind === "called" && /^add_/.test(event.field ?? "")))) return undefined;
  const writes = events.filter((event) => event.kind === "written" && /^(?:_?pad_token(?:_id)?|eos_token(?:_id)?)$/.test(event.field ?? ""));
  const [only] = writes;
  return only?.value !== undefined && writes.length === 1 && /\.eos_token(?:_id)?$/.test(script.tree.textOf(only.value)) ? only.node : undefined;
}

/** Where the script adds an end token to a text or to its tokens: `text + tokenizer.eos_token`, in an f-string, by `add_eos_token=True`. */
function addedEnd(script: Script): Node | undefined {
  const { tree } = script;
  for (const name of ["eos_token", "eos_token_id"]) {
    for (const attribute of script.scopes.attributes(name)) {
      let node = attribute;
      while (tree.kind(tree.parent(node)) === Kind.list || tree.kind(tree.parent(node)) === Kind.parenthesized_expression) node = tree.parent(node);
      const parent = tree.parent(node);
      if (tree.kind(parent) === Kind.interpolation || (tree.kind(parent) === Kind.binary_operator && /\+/.test(tree.text.slice(tree.start(parent), tree.end(parent))))) return attribute;
    }
  }
  const loaded = script.callsOfMethod("from_pretrained").find((call) => truthOf(call.value("add_eos_token")) === true);
  return loaded?.keywords.get("add_eos_token")?.entry;
}
