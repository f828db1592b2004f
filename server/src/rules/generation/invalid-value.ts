import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { showNumber } from "../../script/literals.js";
import type { Script } from "../../script/script.js";
import { truthOf, type Literal } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { generationsOf, optionOf, type Generation, type GenerationOption } from "./generateCalls.js";

interface Row {
  readonly option: string;
  /** Read only while sampling. */
  readonly sampling: boolean;
  readonly isWrong: (value: number, isInteger: boolean) => boolean;
  readonly wanted: string;
  /** The first version that checks it. */
  readonly since?: string;
}

/** What the logits processors and GenerationConfig refuse (transformers/generation/logits_process.py, configuration_utils.py). */
const ROWS: readonly Row[] = [
  { option: "temperature", sampling: true, isWrong: (value, isInteger) => value <= 0 || (isInteger && value !== 1), wanted: "a float above 0" },
  { option: "repetition_penalty", sampling: false, isWrong: (value, isInteger) => value <= 0 || (isInteger && value !== 1), wanted: "a float above 0" },
  { option: "top_k", sampling: true, isWrong: (value, isInteger) => value < 0 || (!isInteger && value !== 0), wanted: "a whole number above 0, or 0 for off" },
  { option: "top_p", sampling: true, isWrong: (value) => value < 0, wanted: "between 0 and 1" },
  { option: "max_new_tokens", sampling: false, isWrong: (value) => value <= 0, wanted: "at least 1", since: "4.40" },
];

export default defineRule({
  id: "generation/invalid-value",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["temperature", "repetition_penalty", "top_k", "top_p", "max_new_tokens"],
  messages: {
    wrong: "{option}={value} has to be {wanted}: generate() raises ValueError.",
    integer: "{option}={value} is an int and has to be a float: generate() raises ValueError. Write {float}.",
    greedy: "temperature={value} has to be above 0 for sampling: generate() raises ValueError. For greedy decoding set do_sample=False.",
  },
  docs: {
    summary: "A number that generate() refuses: temperature, repetition_penalty, top_k, top_p, max_new_tokens.",
    why: `\`generate()\` checks these numbers when it builds its logits processors, after the model has been loaded, and raises \`ValueError\`:

- \`temperature\` (while sampling) and \`repetition_penalty\` have to be *floats* above 0; an int other than 1 is refused, so \`temperature=2\` has to be \`2.0\`;
- \`temperature=0\` is not greedy decoding here, as it is in other APIs: that is \`do_sample=False\`;
- \`top_k\` has to be a whole number, and 0 switches it off; \`top_p\` must not be negative; \`max_new_tokens\` has to be at least 1 (from 4.40 on).`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, do_sample=True, temperature=2)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, do_sample=True, temperature=2.0)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/generation/logits_process.py"],
    silent: "For sampling values where sampling isn't certainly on; for values from outside the script; on objects that aren't known to be models.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const generation of generationsOf(script)) {
      const samples = truthOf(optionOf(script, generation, "do_sample").value) === true;
      for (const row of ROWS) {
        if (row.sampling && !samples) continue;
        const option = optionOf(script, generation, row.option);
        const { value } = option;
        if (value.kind !== "literal" || (value.type !== "int" && value.type !== "float") || option.entry === NO_NODE) continue;
        const number = value.value as number;
        if (!row.isWrong(number, value.type === "int")) continue;
        const isInteger = value.type === "int" && number > 0;
        const isGreedy = row.option === "temperature" && number === 0;
        // In a GenerationConfig 4.57 takes it for greedy decoding.
        if (isGreedy && !generation.call.keywords.has("temperature")) continue;
        ctx.report({
          message: isGreedy ? "greedy" : isInteger && row.wanted.startsWith("a float") ? "integer" : "wrong",
          data: { option: row.option, value: showNumber(number, value.type), wanted: row.wanted, float: showNumber(number, "float") },
          at: script.tree.span(option.entry),
          ...(row.since ? { when: { transformers: `>=${row.since}` } } : {}),
          raises: "ValueError",
          fixes: fixesOf(script, generation, row, option, value),
        });
      }
    }
  },
});

function fixesOf(script: Script, generation: Generation, row: Row, { node }: GenerationOption, value: Literal): Fix[] {
  const number = value.value as number;
  const isPlain = value.folded === undefined && node === value.origin;
  if (row.wanted.startsWith("a float") && value.type === "int" && number > 0 && isPlain) {
    const float = showNumber(number, "float");
    return [{ title: `Write \`${float}\``, safety: "safe", edits: [replaceNode(script.tree, node, float)] }];
  }
  const sampling = optionOf(script, generation, "do_sample");
  if (row.option !== "temperature" || number !== 0 || sampling.value.kind !== "literal" || sampling.node !== sampling.value.origin) return [];
  return [{ title: "Set `do_sample=False` for greedy decoding", safety: "unsafe", edits: [replaceNode(script.tree, sampling.node, "False")] }];
}
