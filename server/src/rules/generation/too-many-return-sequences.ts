import { addBeside, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { numberOf, truthOf } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { defaultsOf, generationsOf, optionOf, type Generation, type GenerationOption } from "./generateCalls.js";

type Problem = "greedy" | "greedyUnlessCheckpoint" | "beams";

export default defineRule({
  id: "generation/too-many-return-sequences",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["num_return_sequences"],
  messages: {
    greedy: "num_return_sequences={count} with greedy decoding, which has one result: generate() raises ValueError. Set do_sample=True, or num_beams to {count} or more.",
    greedyUnlessCheckpoint: "num_return_sequences={count} without do_sample=True or beams: generate() raises ValueError unless the checkpoint's own generation config samples. Set do_sample=True.",
    beams: "num_return_sequences={count} is more than num_beams={beams}: generate() raises ValueError. Ask for {beams} at most, or set num_beams={count}.",
  } satisfies Record<Problem, string>,
  docs: {
    summary: "More sequences asked for than the decoding can give.",
    why: `Greedy decoding has one result, and a search with n beams has n. Asking for more raises \`ValueError\` in \`generate()\`, in every version, after the model has
been loaded. With beams it raises whether or not it samples.

Some checkpoints, most chat models among them, switch sampling on in their own generation config. For a checkpoint that isn't known to leave it off this is a
warning.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, num_return_sequences=5)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, num_return_sequences=5, do_sample=True)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/generation/configuration_utils.py"],
    silent: "Where sampling, the beams or the number come from outside the script; on objects that aren't known to be models.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const generation of generationsOf(script)) {
      const option = optionOf(script, generation, "num_return_sequences");
      const count = numberOf(option.value);
      if (count === undefined || count <= 1 || option.entry === NO_NODE) continue;
      const beams = optionOf(script, generation, "num_beams");
      const sampling = optionOf(script, generation, "do_sample");
      const problem = problemOf(generation, count, beams, sampling);
      if (!problem) continue;
      const known = numberOf(beams.value) ?? defaultsOf(generation.model)?.beams ?? 1;
      ctx.report({
        message: problem,
        severity: problem === "greedyUnlessCheckpoint" ? "warning" : "error",
        data: { count, beams: known },
        at: script.tree.span(option.entry),
        raises: "ValueError",
        fixes: fixesOf(script, generation, problem, count, option, { beams, sampling }),
      });
    }
  },
});

function problemOf(generation: Generation, count: number, beams: GenerationOption, sampling: GenerationOption): Problem | undefined {
  const defaults = defaultsOf(generation.model);
  if (beams.value.kind !== "absent" && numberOf(beams.value) === undefined) return undefined;
  const number = numberOf(beams.value) ?? defaults?.beams;
  if (number !== undefined && number > 1) return count > number ? "beams" : undefined;
  const samples = sampling.value.kind === "absent" ? defaults?.samples : truthOf(sampling.value);
  if (sampling.value.kind !== "absent" && samples === undefined) return undefined;
  if (samples) return undefined;
  return number === 1 && samples === false ? "greedy" : "greedyUnlessCheckpoint";
}

function fixesOf(
  script: Script,
  { call }: Generation,
  problem: Problem,
  count: number,
  option: GenerationOption,
  { beams, sampling }: { readonly beams: GenerationOption; readonly sampling: GenerationOption },
): Fix[] {
  if (problem === "beams") {
    return numberOf(beams.value) === undefined || beams.value.kind !== "literal"
      ? []
      : [{ title: `Set \`num_beams=${count}\``, safety: "unsafe", edits: [replaceNode(script.tree, beams.node, String(count))] }];
  }
  const title = "Set `do_sample=True`, so that the sequences differ";
  if (sampling.entry !== NO_NODE) return [{ title, safety: "unsafe", edits: [replaceNode(script.tree, sampling.node, "True")] }];
  const argument = [...call.keywords.values()].find((each) => each.entry === option.entry);
  return argument ? [{ title, safety: "unsafe", edits: [addBeside(script, argument, "do_sample", "True")] }] : [];
}
