import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { numberOf, truthOf, type Value } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { defaultsOf, generationsOf, optionOf, type Generation } from "./generateCalls.js";

type Problem = "streamer" | "stopStrings" | "assistant";

export default defineRule({
  id: "generation/incompatible-options",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["streamer", "stop_strings", "assistant_model"],
  messages: {
    streamer: "A streamer can't follow beam search, which decides at the end (num_beams={count}): generate() raises ValueError. Drop one of the two.",
    stopStrings: "stop_strings needs the tokenizer: generate() raises ValueError. Pass tokenizer=... to generate() too.",
    assistant: "Assisted generation gives one sequence: num_return_sequences={count} makes generate() raise ValueError. Drop one of the two.",
  } satisfies Record<Problem, string>,
  docs: {
    summary: "Options of generate() that don't go together: a streamer with beams, stop_strings without the tokenizer.",
    why: `\`generate()\` raises \`ValueError\` for some options together, when the model has been loaded:

- a \`streamer\` with beam search: the beams decide only at the end which text it is;
- \`stop_strings\` without \`tokenizer=\`: the strings have to be matched against the tokens;
- an \`assistant_model\` with \`num_return_sequences\` above 1.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer, TextStreamer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, num_beams=4, streamer=TextStreamer(tokenizer))
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer, TextStreamer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, streamer=TextStreamer(tokenizer))
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/generation/utils.py", "https://github.com/huggingface/transformers/blob/v4.46.3/src/transformers/generation/utils.py"],
    silent: "Where one of the options comes from outside or may be None; with a decoding loop from the Hub (`custom_generate`).",
  },
  check(ctx) {
    const { script } = ctx;
    for (const generation of generationsOf(script)) {
      const { call } = generation;
      if (call.isOpen || call.keywords.has("custom_generate")) continue;
      for (const problem of ["streamer", "stopStrings", "assistant"] as const) {
        const found = FINDERS[problem](script, generation);
        const argument = found && call.keywords.get(found.option);
        if (argument) ctx.report({ message: problem, data: { count: found.count }, at: script.tree.span(argument.entry), raises: "ValueError" });
      }
    }
  },
});

interface Found {
  readonly option: string;
  readonly count: number;
}

const FINDERS: Readonly<Record<Problem, (script: Script, generation: Generation) => Found | undefined>> = {
  streamer(script, generation) {
    const beams = numberOf(optionOf(script, generation, "num_beams").value) ?? 0;
    return beams > 1 && isGiven(generation.call.value("streamer")) ? { option: "streamer", count: beams } : undefined;
  },
  stopStrings(_, { call }) {
    const strings = call.value("stop_strings");
    const isThere = strings.kind === "sequence" || (strings.kind === "literal" && strings.type === "str");
    return isThere && call.value("tokenizer").kind === "absent" ? { option: "stop_strings", count: 0 } : undefined;
  },
  assistant(script, generation) {
    const option = optionOf(script, generation, "num_return_sequences");
    const [count, beams] = [numberOf(option.value) ?? 0, optionOf(script, generation, "num_beams")];
    const samples = truthOf(optionOf(script, generation, "do_sample").value) === true;
    const isAssisted = beams.value.kind === "absent" ? (defaultsOf(generation.model)?.beams ?? 0) === 1 : numberOf(beams.value) === 1;
    return count > 1 && samples && isAssisted && option.entry !== NO_NODE && isGiven(generation.call.value("assistant_model")) ? { option: "assistant_model", count } : undefined;
  },
};

/** Whether an object is certainly given: an object of transformers' own. */
function isGiven(value: Value): boolean {
  return value.kind === "instance" && value.object.className?.startsWith("transformers.") === true;
}
