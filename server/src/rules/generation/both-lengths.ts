import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import { numberOf } from "../../script/values.js";
import { generationsOf } from "./generateCalls.js";

export default defineRule({
  id: "generation/both-lengths",
  severity: "information",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["max_new_tokens"],
  messages: {
    both: "max_new_tokens={tokens} decides: max_length={length} has no effect. Drop max_length.",
  },
  docs: {
    summary: "max_length and max_new_tokens in one call: only the second counts.",
    why: `\`max_length\` counts the prompt, \`max_new_tokens\` doesn't. Given both, \`generate()\` takes \`max_new_tokens\` and logs that the other is ignored, so a reader may take the wrong one for
the limit.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_length=100, max_new_tokens=20)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/generation/utils.py"],
    silent: "Where one of them isn't written as a number.",
  },
  check(ctx) {
    const { script } = ctx;
    const configs = script.callsTo("transformers.GenerationConfig", { subclasses: false });
    for (const call of [...generationsOf(script).map((generation): Call => generation.call), ...configs]) {
      const [length, tokens] = [call.keywords.get("max_length"), call.keywords.get("max_new_tokens")];
      const [longest, most] = [length && numberOf(length.value), tokens && numberOf(tokens.value)];
      if (!length || !tokens || longest === undefined || most === undefined) continue;
      ctx.report({
        message: "both",
        data: { tokens: most, length: longest },
        at: script.tree.span(length.entry),
        related: [{ message: "this decides", range: script.tree.span(tokens.entry) }],
        fixes: [{ title: "Drop `max_length`, which has no effect", safety: "safe", edits: [removeArgument(script, length)] }],
      });
    }
  },
});
