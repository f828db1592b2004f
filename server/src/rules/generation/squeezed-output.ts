import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf, stringOf, type Value } from "../../script/values.js";
import { Field, Kind } from "../../syntax/kind.js";
import { tokenizerCallOf } from "./encodings.js";
import { generationsOf, optionOf, type Generation } from "./generateCalls.js";

export default defineRule({
  id: "generation/squeezed-output",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["squeeze"],
  versions: { transformers: "<5" },
  messages: {
    tokens: "generate() returns one sequence here, and squeeze() makes it a row of tokens: before transformers 5 batch_decode() gives one text per token. Drop the squeeze().",
  },
  docs: {
    summary: "The output of generate() squeezed before batch_decode().",
    why: `\`generate()\` returns a batch of sequences, and \`batch_decode()\` takes one. With a single sequence \`squeeze()\` takes the batch dimension away: in transformers 4 \`batch_decode()\` then takes
every token for a sequence and returns a list of fragments. With several sequences \`squeeze()\` does nothing, so a script that was written with \`num_return_sequences=5\` breaks when that becomes 1.
From transformers 5 on the result is right either way.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20).squeeze()
texts = tokenizer.batch_decode(output)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
texts = tokenizer.batch_decode(output)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/tokenization_utils_base.py", "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/tokenization_utils_base.py"],
    silent: "For several sequences or prompts, and where their number isn't known.",
  },
  check(ctx) {
    const { script } = ctx;
    const { tree } = script;
    const generations = new Map(generationsOf(script).map((generation) => [generation.call.node, generation]));
    for (const call of script.callsOfMethod("batch_decode")) {
      const squeezed = squeezedCall(call.value("sequences", 0));
      const { receiver } = squeezed ?? {};
      const generation = receiver?.kind === "call" ? generations.get(receiver.call.node) : undefined;
      if (!squeezed || !generation || !isOne(script, generation)) continue;
      const generated = tree.child(squeezed.function, Field.object);
      ctx.report({
        message: "tokens",
        when: { transformers: "<5" },
        unsure: "tokens",
        at: { start: tree.end(generated), end: tree.end(squeezed.node) },
        related: [{ message: "decoded here", range: call.nameSpan }],
        fixes: [{ title: "Drop the `squeeze()`", safety: "safe", edits: [{ start: tree.end(generated), end: tree.end(squeezed.node), newText: "" }] }],
      });
    }
  },
});

/** `x.squeeze()` or `x.squeeze(0)`. */
function squeezedCall(value: Value): Call | undefined {
  return value.kind === "call" && value.call.method === "squeeze" && value.call.positional.every(({ value: dimension }) => numberOf(dimension) === 0) ? value.call : undefined;
}

/** Whether a call certainly gives one sequence: for one prompt, and asked for one. */
function isOne(script: Script, generation: Generation): boolean {
  const { tree } = script;
  const { call } = generation;
  const count = optionOf(script, generation, "num_return_sequences").value;
  if (count.kind !== "absent" && numberOf(count) !== 1) return false;
  const splats = tree.children(tree.child(call.node, Field.arguments)).filter((node) => tree.kind(node) === Kind.dictionary_splat);
  const values = [...splats.map((node) => script.evaluate(tree.firstChild(node), call.frame)), call.value("inputs", 0), call.value("input_ids")];
  return values.some((value) => {
    const whole = value.kind === "item" || value.kind === "attribute" ? value.object : value;
    const text = tokenizerCallOf(script, whole, call.node)?.value("text", 0);
    return text !== undefined && (stringOf(text) !== undefined || (text.kind === "sequence" && !text.open && text.items.length === 1));
  });
}
