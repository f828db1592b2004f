import { addArgument, mergedEdits } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { TOKENIZER } from "../../knowledge/classes.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { truthOf, type Value } from "../../script/values.js";
import { modelCallsOf, tokenizerCallOf } from "./encodings.js";

export default defineRule({
  id: "generation/encoding-not-unpacked",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["okenizer", "rocessor", "apply_chat_template"],
  messages: {
    whole: "{written} gets what the tokenizer returned as one argument, and needs tensors: raises {exception}. Unpack it: {written}(**...).",
    template: "From transformers 5 on apply_chat_template returns a dict: {written} raises AttributeError. Pass return_dict=True and unpack the dict, which works in every version.",
  },
  docs: {
    summary: "A tokenizer's result handed to a model without unpacking it.",
    why: `A tokenizer returns a dict-like \`BatchEncoding\`. A model takes its entries as keyword arguments, so it has to be unpacked with \`**\`; as one positional argument it
raises an \`AttributeError\` with an empty message, or from some models a \`TypeError\`.

From transformers 5 \`apply_chat_template\` returns such an encoding too, unless it is told \`return_dict=False\`; up to 4.57 it returned a tensor. \`return_dict=True\`
with \`**\` works in both.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("The capital of France is", return_tensors="pt")
output = model.generate(inputs, max_new_tokens=20)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("The capital of France is", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/pull/41626", "https://huggingface.co/docs/transformers/main_classes/tokenizer#transformers.BatchEncoding"],
    silent: "On objects that aren't known to be models; where the encoding was changed on the way.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { call, model, written } of modelCallsOf(script)) {
      // TensorFlow's and Flax's models take a dict as their first argument.
      if (/\.(?:TF|Flax)/.test(model.className ?? "")) continue;
      const argument = call.positional[0] ?? call.keywords.get("input_ids") ?? call.keywords.get("inputs");
      if (!argument || argument.via === "unpacked") continue;
      const at = script.tree.span(argument.entry);
      if (tokenizerCallOf(script, argument.value, call.node)) {
        const isGenerate = call.method === "generate";
        const exception = isGenerate ? "AttributeError" : "an error";
        ctx.report({ message: "whole", data: { written, exception }, at, raises: isGenerate ? exception : ["AttributeError", "TypeError"], fixes: unpacked(script, call, argument) });
        continue;
      }
      const template = templateOf(argument.value);
      if (!template || template.isOpen || truthOf(template.value("tokenize")) === false) continue;
      const asDict = template.value("return_dict");
      if (truthOf(asDict) === true) ctx.report({ message: "whole", data: { written, exception: "AttributeError" }, at, raises: "AttributeError", fixes: unpacked(script, call, argument) });
      else if (asDict.kind === "absent") {
        const edit = addArgument(script, template, "return_dict", "True");
        const fixes = unpacked(script, call, argument).map((fix): Fix => ({ ...fix, title: "Ask for a dict and unpack it", edits: mergedEdits([...fix.edits, ...(edit ? [edit] : [])]) }));
        ctx.report({ message: "template", data: { written }, at, when: { transformers: ">=5" }, raises: "AttributeError", fixes });
      }
    }
  },
});

/** The `apply_chat_template` call of a tokenizer that a value comes from, also through `.to(device)`. A processor's still returns the bare ids (processing_utils.py, 5.18). */
function templateOf(value: Value): Call | undefined {
  if (value.kind !== "call") return undefined;
  const { call } = value;
  const { receiver } = call;
  if (call.method === "to" && receiver) return templateOf(receiver);
  const isTokenizer = receiver?.kind === "instance" && TOKENIZER.test(receiver.object.className ?? "") && receiver.object.className !== "transformers.AutoProcessor";
  return call.method === "apply_chat_template" && isTokenizer ? call : undefined;
}

/** `**` before the argument, as long as no positional follows it and its keyword is not given besides. */
function unpacked(script: Script, call: Call, argument: Argument): Fix[] {
  if (call.positional.length > (argument.via === "positional" ? 1 : 0)) return [];
  if (["input_ids", "attention_mask"].some((name) => call.keywords.has(name) && call.keywords.get(name) !== argument)) return [];
  const { tree } = script;
  return [{ title: "Unpack it with `**`", safety: "safe", edits: [{ start: tree.start(argument.entry), end: tree.start(argument.node), newText: "**" }] }];
}
