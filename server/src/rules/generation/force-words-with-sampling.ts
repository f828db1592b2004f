import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { ABSENT, numberOf, truthOf } from "../../script/values.js";
import { isGiven } from "./forcedWords.js";
import { generationsOf, optionOf } from "./generateCalls.js";

export default defineRule({
  id: "generation/force-words-with-sampling",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["force_words_ids", "constraints"],
  versions: { transformers: ">=4.39,<4.57" },
  messages: {
    sampling: "{constraint} is a beam search and can't sample: do_sample=True makes generate() raise ValueError. Drop do_sample.",
    unsure: "{constraint} is a beam search and can't sample: in transformers 4.39 to 4.56 do_sample=True makes generate() raise ValueError. Drop do_sample.",
  },
  docs: {
    summary: "Forced words together with sampling.",
    why: `\`force_words_ids\` and \`constraints\` ask for constrained beam search, which puts the words in where they fit best. In transformers 4.39 to 4.56 \`do_sample=True\` with them raises
\`ValueError\`; older versions search with beams all the same, and don't sample. From 4.57 on the mode isn't part of the library: see \`generation/force-words-without-beams\`.`,
    examples: [
      {
        versions: { transformers: "4.46.3" },
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
words = tokenizer(["Paris"], add_special_tokens=False).input_ids
inputs = tokenizer("The capital of France is", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, force_words_ids=words, num_beams=5, do_sample=True)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
words = tokenizer(["Paris"], add_special_tokens=False).input_ids
inputs = tokenizer("The capital of France is", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, force_words_ids=words, num_beams=5)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.46.3/src/transformers/generation/configuration_utils.py"],
    silent: "Without beams, of which `generation/force-words-without-beams` speaks; where the words may be None; from 4.57 on.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const generation of generationsOf(script)) {
      const { call } = generation;
      const constraint = ["force_words_ids", "constraints"].find((name) => isGiven(call.keywords.get(name)?.value ?? ABSENT));
      const sampling = call.keywords.get("do_sample");
      const beams = numberOf(optionOf(script, generation, "num_beams").value) ?? 0;
      if (constraint === undefined || !sampling || truthOf(sampling.value) !== true || beams <= 1) continue;
      ctx.report({
        message: "sampling",
        unsure: "unsure",
        when: { transformers: ">=4.39,<4.57" },
        data: { constraint },
        at: script.tree.span(sampling.entry),
        raises: "ValueError",
        fixes: [{ title: "Drop `do_sample=True`", safety: "safe", edits: [removeArgument(script, sampling)] }],
      });
    }
  },
});
