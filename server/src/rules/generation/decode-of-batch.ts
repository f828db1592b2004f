import { replaceNode } from "../../analysis/edits.js";
import { shownCode } from "../../analysis/message.js";
import { defineRule } from "../../analysis/rule.js";
import { TOKENIZER } from "../../knowledge/classes.js";
import { Field } from "../../syntax/kind.js";
import { isCausal, isSeq2Seq } from "../transformers/models.js";
import { generationsOf, optionOf } from "./generateCalls.js";

export default defineRule({
  id: "generation/decode-of-batch",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["decode"],
  versions: { transformers: "<5" },
  messages: {
    raises: "{written} takes one sequence, and generate() returns a batch: raises TypeError. Use batch_decode(), or decode the first: [0].",
    unsure: "{written} takes one sequence before transformers 5, and generate() returns a batch: raises TypeError there. Use batch_decode(), or decode the first: [0].",
  },
  docs: {
    summary: "tokenizer.decode() of all that generate() returns.",
    why: `\`generate()\` returns a batch, also for one prompt: a tensor with a row for each sequence. In transformers 4 \`decode()\` takes one row and raises \`TypeError\` for the batch; from 5 on it
returns a list of texts. \`batch_decode()\` takes the batch in every version.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
print(tokenizer.decode(output))
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
print(tokenizer.decode(output[0]))
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/tokenization_utils_base.py", "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/tokenization_utils_base.py"],
    silent: "Where the output is changed on the way; on tokenizers that aren't known to be transformers' own.",
  },
  check(ctx) {
    const { script } = ctx;
    const { tree } = script;
    const generations = new Map(generationsOf(script).map((generation) => [generation.call.node, generation]));
    for (const call of script.callsOfMethod("decode")) {
      const { receiver } = call;
      if (receiver?.kind !== "instance" || !TOKENIZER.test(receiver.object.className ?? "") || receiver.object.className === "transformers.AutoProcessor") continue;
      const argument = call.argument("token_ids", 0);
      const generation = argument?.value.kind === "call" ? generations.get(argument.value.call.node) : undefined;
      if (!argument || !generation || !(isCausal(generation.model) || isSeq2Seq(generation.model)) || optionOf(script, generation, "return_dict_in_generate").value.kind !== "absent") continue;
      const method = tree.child(call.function, Field.attribute);
      ctx.report({
        message: "raises",
        unsure: "unsure",
        when: { transformers: "<5" },
        data: { written: shownCode(tree.textOf(call.function), 60) },
        at: tree.span(argument.node),
        raises: "TypeError",
        fixes: [
          { title: "Decode the first sequence", safety: "unsafe", edits: [replaceNode(tree, argument.node, `${tree.textOf(argument.node)}[0]`)] },
          { title: "Use `batch_decode` (gives a list of texts)", safety: "unsafe", edits: [replaceNode(tree, method, "batch_decode")] },
        ],
      });
    }
  },
});
