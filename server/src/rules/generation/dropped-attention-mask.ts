import { addArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { shownCode } from "../../analysis/message.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { mayPad, tokenizerCallOf } from "./encodings.js";
import { generationsOf } from "./generateCalls.js";

export default defineRule({
  id: "generation/dropped-attention-mask",
  severity: "hint",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["input_ids"],
  messages: {
    padded: "{written} leaves the attention mask behind, and the pad token is the end token: the model reads the padding as text, and shorter texts change. Pass attention_mask too.",
    single: "{written} leaves the attention mask behind: harmless for one text, but in a padded batch the model may read the padding, and some versions warn. Pass attention_mask too.",
  },
  docs: {
    summary: "generate() gets a tokenizer's input_ids without its attention mask.",
    why: `A tokenizer returns \`input_ids\` and an \`attention_mask\` that says which of them are padding. Without the mask \`generate()\` guesses it from the pad token, and it
can't where the pad token is the end token (\`tokenizer.pad_token = tokenizer.eos_token\`, as for GPT-2 and Llama): then the shorter texts of a batch are
continued from their padding, and get other results than on their own, without a message.

For a single text nothing is lost, and this is a hint; transformers 4 logs a warning.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2", padding_side="left")
tokenizer.pad_token = tokenizer.eos_token
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer(["Hello", "The capital of France is"], padding=True, return_tensors="pt")
output = model.generate(inputs["input_ids"], max_new_tokens=20)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2", padding_side="left")
tokenizer.pad_token = tokenizer.eos_token
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer(["Hello", "The capital of France is"], padding=True, return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/generation/utils.py"],
    silent: "Where a mask is passed, or may be; where the ids don't certainly come from a tokenizer of the script.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { call } of generationsOf(script)) {
      if (call.value("attention_mask").kind !== "absent") continue;
      const argument = call.keywords.get("input_ids") ?? call.argument("inputs", 0);
      const encoding = argument && encodingOf(argument.value);
      const tokenizer = encoding && tokenizerCallOf(script, encoding, call.node);
      if (!argument || !tokenizer || truthOf(tokenizer.value("return_attention_mask")) === false) continue;
      const padded = mayPad(tokenizer) && isBatch(tokenizer) && padsWithEnd(script, tokenizer, call.node);
      ctx.report({
        message: padded ? "padded" : "single",
        severity: padded ? "warning" : "hint",
        data: { written: shownCode(script.tree.textOf(argument.node)) },
        at: script.tree.span(argument.entry),
        ...(padded ? {} : { when: { transformers: "<5" } }),
        fixes: fixesOf(script, call, argument),
      });
    }
  },
});

/** What `encoding["input_ids"]` or `encoding.input_ids` is taken of, also through `.to(device)`. */
function encodingOf(value: Value): Value | undefined {
  if (value.kind === "item") return stringOf(value.key) === "input_ids" ? value.object : undefined;
  if (value.kind === "attribute") return value.name === "input_ids" ? value.object : undefined;
  if (value.kind === "call" && (value.call.method === "to" || value.call.method === "cuda")) return value.call.receiver && encodingOf(value.call.receiver);
  return undefined;
}

/** Whether more than one text is tokenised. */
function isBatch(tokenizer: Call): boolean {
  const texts = tokenizer.value("text", 0);
  return texts.kind === "sequence" && (texts.items.length > 1 || texts.open);
}

/** `tokenizer.pad_token = tokenizer.eos_token` above. */
function padsWithEnd(script: Script, tokenizer: Call, reader: Node): boolean {
  const { callee } = tokenizer;
  if (callee.kind !== "instance") return false;
  const events = script.eventsBefore(callee.object, reader);
  return events.some(({ kind, field, value }) => kind === "written" && (field === "pad_token" || field === "pad_token_id") && value !== undefined && /\.eos_token(_id)?$/.test(script.tree.textOf(value)));
}

function fixesOf(script: Script, call: Call, argument: Argument): Fix[] {
  const written = script.tree.textOf(argument.node);
  if (argument.via === "unpacked" || (written.match(/\binput_ids\b/g)?.length ?? 0) !== 1) return [];
  const edit = addArgument(script, call, "attention_mask", written.replace(/\binput_ids\b/, "attention_mask"));
  return edit ? [{ title: "Pass the attention mask too", safety: "safe", edits: [edit] }] : [];
}
