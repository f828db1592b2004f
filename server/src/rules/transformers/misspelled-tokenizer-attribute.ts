import { replaceNode } from "../../analysis/edits.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import { MODEL, TOKENIZER } from "../../knowledge/classes.js";
import type { Value } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

type Message = "accident" | "noEffect" | "noEffectOrAccident" | "ignoredOnConfig" | "number";

const TOKENS = ["bos", "eos", "unk", "sep", "pad", "cls", "mask"] as const;

/** From this version on a tokenizer takes `_ids` for `_id`. */
const SINCE = "4.47";

export default defineRule({
  id: "transformers/misspelled-tokenizer-attribute",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "peft", "sentence-transformers"],
  mentions: ["_token_ids", "_tokens", "_token"],
  messages: {
    accident: "A tokenizer has no {written}: this works only because a name that ends in _ids is taken for one in _id. Write {right}.",
    noEffect: "A tokenizer has no {written}: the assignment has no effect. Write {right}.",
    noEffectOrAccident: "A tokenizer has no {written}: before transformers 4.47 the assignment has no effect, from 4.47 on it works by accident. Write {right}.",
    ignoredOnConfig: "A configuration has no {written}: the assignment has no effect. Write {right}.",
    number: "{written} takes the token's text, not its number: raises ValueError. For a number write {right}.",
  } satisfies Record<Message, string>,
  docs: {
    summary: "pad_token_ids, pad_tokens and other near misses of a tokenizer's attributes.",
    why: `Python lets any attribute be set, so \`tokenizer.pad_tokens = ...\` says nothing and does nothing: the padding token stays unset, and padding fails
much later, or pads with something else. \`tokenizer.pad_token_ids\` did nothing before transformers 4.47; since then the ending is stripped, and it happens to
work. On a model's \`config\` or \`generation_config\` it does nothing in any version.

The other way round, \`tokenizer.pad_token\` takes text: a number raises \`ValueError\`.`,
    examples: [
      {
        bad: `from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.pad_token_ids = tokenizer.eos_token_id
`,
        good: `from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.pad_token_id = tokenizer.eos_token_id
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/pull/34461", "https://github.com/huggingface/transformers/blob/v4.47.1/src/transformers/tokenization_utils_base.py#L1058"],
    silent: "On objects that aren't certainly a tokenizer, a model's configuration or a GenerationConfig.",
  },
  check(ctx) {
    const written = new Set(ctx.script.text.match(/\.[a-z_]+_token(?:s|_ids)?\b/g));
    for (const token of TOKENS) {
      if (!["", "s", "_ids"].some((ending) => written.has(`.${token}_token${ending}`))) continue;
      for (const written of [`${token}_token_ids`, `${token}_tokens`]) checkMisspelling(ctx, written, `${token}_token${written.endsWith("_ids") ? "_id" : ""}`);
      checkNumber(ctx, `${token}_token`);
    }
  },
});

function checkMisspelling(ctx: RuleContext<Message>, written: string, right: string): void {
  const { tree } = ctx.script;
  for (const { attribute, owner, value } of writesOf(ctx, written)) {
    // A list of ids is meant for something of the script's own.
    if (value.kind === "sequence") continue;
    const at = tree.span(tree.child(attribute, Field.attribute));
    const data = { written, right };
    const fixes = [{ title: `Change to \`${right}\``, safety: "safe" as const, edits: [replaceNode(tree, tree.child(attribute, Field.attribute), right)] }];
    if (isConfiguration(owner)) {
      ctx.report({ message: "ignoredOnConfig", data, at, fixes: right.endsWith("_id") ? fixes : [] });
      continue;
    }
    if (!isTokenizer(owner)) continue;
    const isAccident = written.endsWith("_ids") ? ctx.versionsAt(tree.start(attribute)).holds({ transformers: `>=${SINCE}` }) : "never";
    const message = isAccident === "always" ? "accident" : isAccident === "never" ? "noEffect" : "noEffectOrAccident";
    ctx.report({ message, severity: message === "accident" ? "hint" : "warning", data, at, fixes });
  }
}

function checkNumber(ctx: RuleContext<Message>, written: string): void {
  const { tree } = ctx.script;
  for (const { attribute, owner, value } of writesOf(ctx, written)) {
    const isNumber = (value.kind === "literal" && value.type === "int") || (value.kind === "attribute" && /^(?:bos|eos|unk|sep|pad|cls|mask)_token_id$/.test(value.name));
    if (!isNumber || !isTokenizer(owner)) continue;
    const name = tree.child(attribute, Field.attribute);
    const right = `${written}_id`;
    const fixes = [{ title: `Change to \`${right}\``, safety: "safe" as const, edits: [replaceNode(tree, name, right)] }];
    ctx.report({ message: "number", severity: "error", data: { written, right }, at: tree.span(name), raises: "ValueError", fixes });
  }
}

interface Write {
  readonly attribute: Node;
  /** What the attribute is written on. */
  readonly owner: Value;
  readonly value: Value;
}

/** Plain assignments to an attribute of this name, whatever it is an attribute of. */
function writesOf({ script }: RuleContext<Message>, name: string): Write[] {
  const { tree } = script;
  return script.scopes.attributes(name).flatMap((attribute) => {
    const statement = tree.parent(attribute);
    const value = tree.child(statement, Field.right);
    if (tree.kind(statement) !== Kind.assignment || tree.field(attribute) !== Field.left || value === NO_NODE) return [];
    return [{ attribute, owner: script.evaluate(tree.child(attribute, Field.object)), value: script.evaluate(value) }];
  });
}

function isTokenizer(owner: Value): boolean {
  const name = owner.kind === "instance" ? (owner.object.className ?? "") : "";
  // A processor has a tokenizer and isn't one.
  return TOKENIZER.test(name) && !name.endsWith("Processor");
}

function isConfiguration(owner: Value): boolean {
  if (owner.kind === "instance") return /^transformers\.(?:\w+Config)$/.test(owner.object.className ?? "");
  const ofModel = owner.kind === "attribute" && (owner.name === "config" || owner.name === "generation_config") ? owner.object : undefined;
  return ofModel?.kind === "instance" && MODEL.test(ofModel.object.className ?? "");
}
