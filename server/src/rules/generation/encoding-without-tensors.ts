import { addArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { Field, Kind } from "../../syntax/kind.js";
import { modelCallsOf, tokenizerCallOf } from "./encodings.js";

export default defineRule({
  id: "generation/encoding-without-tensors",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["okenizer"],
  messages: {
    lists: '{written} gets Python lists, because the tokenizer was not asked for tensors: raises AttributeError. Tokenize with return_tensors="pt".',
    moved: 'The tokenizer was not asked for tensors, so .to() has nothing to move: {written} raises, or in some versions runs without the text. Tokenize with return_tensors="pt".',
  },
  docs: {
    summary: "A tokenizer's result without tensors handed to a model.",
    why: `Without \`return_tensors\` a tokenizer returns Python lists, which is what \`Dataset.map\` wants. A model wants tensors and raises
\`AttributeError: 'list' object has no attribute ...\`; \`.to(device)\` doesn't help: by version it raises, changes nothing, or
drops the lists, so that \`generate()\` runs without the text (seen in 4.46).`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("The capital of France is")
output = model.generate(**inputs, max_new_tokens=20)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("The capital of France is", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
`,
      },
    ],
    references: ["https://huggingface.co/docs/transformers/main_classes/tokenizer#transformers.PreTrainedTokenizerBase.__call__"],
    silent: "Where the encoding was changed on the way, as by `torch.tensor(...)`; on objects that aren't known to be models or tokenizers.",
  },
  check(ctx) {
    const { script } = ctx;
    const { tree } = script;
    for (const { call, written } of modelCallsOf(script)) {
      for (const splat of tree.children(tree.child(call.node, Field.arguments))) {
        if (tree.kind(splat) !== Kind.dictionary_splat) continue;
        const value = script.evaluate(tree.firstChild(splat), call.frame);
        const tokenizer = tokenizerCallOf(script, value, call.node);
        if (!tokenizer || value.kind !== "instance" || tokenizer.value("return_tensors").kind !== "absent") continue;
        const converted = script.eventsOf(value.object).some((event) => event.kind === "called" && /^(convert_to_tensors|set_format|with_format|update)$/.test(event.field ?? ""));
        // Processors of images and sound have defaults of their own.
        if (converted || tokenizer.method === "pad" || !/Tokenizer(Fast)?\(\)$/.test(tokenizer.name ?? "")) continue;
        const edit = addArgument(script, tokenizer, "return_tensors", '"pt"');
        const isMoved = script.eventsOf(value.object).some((event) => event.kind === "called" && event.field === "to");
        ctx.report({
          message: isMoved ? "moved" : "lists",
          severity: isMoved ? "warning" : "error",
          data: { written },
          at: tree.span(splat),
          raises: "AttributeError",
          related: [{ message: "tokenized here, without return_tensors", range: tokenizer.span }],
          fixes: edit ? [{ title: 'Tokenize with `return_tensors="pt"`', safety: "safe", edits: [edit] }] : [],
        });
      }
    }
  },
});
