import type { Fix } from "../../analysis/finding.js";
import { statementOf } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { checkpoint } from "../../knowledge/checkpoints.js";
import { TOKENIZER } from "../../knowledge/classes.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { everyAlternative, stringOf, type Value } from "../../script/values.js";
import { Field, Kind } from "../../syntax/kind.js";
import { lineTerminatorOf } from "../../syntax/text.js";
import { trainersOf } from "./trainers.js";

export default defineRule({
  id: "transformers/padding-without-pad-token",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["padding"],
  messages: {
    missing: "The tokenizer of {checkpoint} has no pad token: padding raises ValueError. Give it one first, for example tokenizer.pad_token = tokenizer.eos_token.",
  },
  docs: {
    summary: "Padding with a tokenizer that has no pad token, as those of GPT-2 and Llama.",
    why: `The tokenizers of GPT-2, GPT-Neo, Pythia, Llama 2 and 3 and others come without a pad token. \`padding=\` then raises \`ValueError\` ("Asking to pad but the tokenizer does not have a padding
token"), for a single text too.

For generation the end token serves: \`tokenizer.pad_token = tokenizer.eos_token\`. For training a token of its own is better, so that the end token keeps its label: see
\`transformers/pad-token-is-eos\`.`,
    examples: [
      {
        bad: `from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
batch = tokenizer(["a", "b c"], padding=True)
`,
        good: `from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.pad_token = tokenizer.eos_token
batch = tokenizer(["a", "b c"], padding=True)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/tokenization_utils_base.py"],
    silent: "For checkpoints that aren't known to have no pad token; where anything in the script may give it one.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsGiven("padding")) {
      const { callee } = call;
      if (callee.kind !== "instance" || !TOKENIZER.test(callee.object.className ?? "")) continue;
      const padding = call.keywords.get("padding");
      const name = padding && pads(padding.value) ? checkpointWithoutPad(callee.object) : undefined;
      if (!padding || name === undefined || mayGetPad(script, callee.object)) continue;
      ctx.report({
        message: "missing",
        data: { checkpoint: name },
        at: script.tree.span(padding.entry),
        raises: "ValueError",
        related: callee.object.call ? [{ message: "loaded here", range: callee.object.call.nameSpan }] : [],
        fixes: fixesOf(script, callee.object),
      });
    }
  },
});

function pads(padding: Value): boolean {
  return everyAlternative(padding, (each) => each.kind === "literal" && (each.value === true || each.value === "longest" || each.value === "max_length"));
}

/** The checkpoint that a tokenizer is loaded from, if that is known to bring no pad token and the call gives none. */
function checkpointWithoutPad({ call }: ScriptObject): string | undefined {
  const name = call?.method === "from_pretrained" ? stringOf(call.value("pretrained_model_name_or_path", 0)) : undefined;
  if (name === undefined || call?.isOpen === true || call?.keywords.has("pad_token") === true || call?.keywords.has("revision") === true) return undefined;
  return checkpoint(name)?.pad === null ? name : undefined;
}

function mayGetPad(script: Script, tokenizer: ScriptObject): boolean {
  return script.eventsOf(tokenizer).some((event) => {
    if (event.kind === "written" || event.kind === "augmented") return event.field === undefined || /pad|special_tokens/.test(event.field);
    // TRL's trainers give the tokenizer a pad token themselves.
    if (event.kind === "passed") return event.field?.startsWith("trl.") === true;
    return event.kind === "escaped" || (event.kind === "called" && /^(?:add_|set_|__setattr__)/.test(event.field ?? ""));
  });
}

/** The end token as pad token, on the line after the tokenizer. */
function fixesOf(script: Script, tokenizer: ScriptObject): Fix[] {
  const { tree, text } = script;
  const statement = tokenizer.call && statementOf(tree, tokenizer.call.node);
  const assignment = statement === undefined ? undefined : tree.firstChild(statement);
  if (statement === undefined || assignment === undefined || tree.kind(assignment) !== Kind.assignment || tree.child(assignment, Field.right) !== tokenizer.call?.node) return [];
  const name = tree.textOf(tree.child(assignment, Field.left));
  if (!/^\w+$/.test(name)) return [];
  const start = tree.start(statement);
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const end = tree.end(statement);
  if (!/^[ \t]*(?:[\r\n]|$)/.test(text.slice(end))) return [];
  const trains = trainersOf(script).length > 0 || /\.(?:train|backward)\(/.test(text);
  return [{ title: "Take the end token for padding", safety: trains ? "unsafe" : "safe", edits: [{ start: end, end, newText: `${lineTerminatorOf(text)}${indent}${name}.pad_token = ${name}.eos_token` }] }];
}
