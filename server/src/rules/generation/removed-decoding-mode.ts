import { addArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { everyAlternative, numberOf, truthOf, type Value } from "../../script/values.js";
import { defaultsOf, generationsOf, optionOf, type Generation } from "./generateCalls.js";

/** The modes that moved to the Hub, each with the option that selects it (transformers/generation/utils.py, GENERATION_MODES_MAPPING). */
const MODES = [
  { option: "force_words_ids", since: "4.57", mode: "constrained beam search", repository: "transformers-community/constrained-beam-search" },
  { option: "constraints", since: "4.57", mode: "constrained beam search", repository: "transformers-community/constrained-beam-search" },
  { option: "num_beam_groups", since: "4.57", mode: "group beam search", repository: "transformers-community/group-beam-search" },
  { option: "penalty_alpha", since: "4.57", mode: "contrastive search", repository: "transformers-community/contrastive-search" },
  { option: "dola_layers", since: "4.56", mode: "DoLa", repository: "transformers-community/dola" },
] as const;

type Mode = (typeof MODES)[number];

export default defineRule({
  id: "generation/removed-decoding-mode",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["force_words_ids", "constraints", "num_beam_groups", "penalty_alpha", "dola_layers"],
  versions: { transformers: ">=4.56" },
  messages: {
    removed: "{option} asks for {mode}, gone from transformers {since} on: generate() raises ValueError without trust_remote_code=True (fetches {repository}).",
    unsure: "{option} asks for {mode}: from transformers {since} on generate() raises ValueError without trust_remote_code=True (fetches {repository}).",
  },
  docs: {
    summary: "A decoding mode that left transformers in 4.57 and is fetched from the Hub.",
    why: `In 4.57 constrained beam search, group beam search and contrastive search left the library, DoLa in 4.56. \`generate()\` raises \`ValueError\` unless the call says
\`trust_remote_code=True\`; the code then comes from a repository on the Hub, which \`custom_generate=\` can name. The model has been loaded by then.

Contrastive search is what \`penalty_alpha\` above 0 means without sampling and without beams, group beam search what \`num_beam_groups\` above 1 means together
with \`num_beams\` above 1.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("The capital of France is", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, penalty_alpha=0.6, top_k=4)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("The capital of France is", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, do_sample=True, top_k=4)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/pull/40518", "https://huggingface.co/transformers-community"],
    silent: "Where `generation/force-words-without-beams` speaks; where the call brings `custom_generate` or `trust_remote_code`; on objects that aren't known to be models.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const generation of generationsOf(script)) {
      const { call } = generation;
      if (call.isOpen || call.keywords.has("custom_generate") || call.keywords.has("trust_remote_code")) continue;
      for (const mode of MODES) {
        const option = optionOf(script, generation, mode.option);
        const certainty = isSelected(script, generation, mode, option.value);
        if (certainty === "no") continue;
        ctx.report({
          message: "removed",
          unsure: "unsure",
          severity: certainty === "yes" ? "error" : "warning",
          data: mode,
          at: script.tree.span(option.entry),
          when: { transformers: `>=${mode.since}` },
          raises: "ValueError",
          fixes: fixesOf(script, generation, mode),
        });
        break;
      }
    }
  },
});

/** Whether an option selects its mode; "perhaps" where the checkpoint's own generation config may say otherwise. */
function isSelected(script: Script, generation: Generation, { option }: Mode, value: Value): "yes" | "perhaps" | "no" {
  const defaults = defaultsOf(generation.model);
  const beams = optionOf(script, generation, "num_beams").value;
  const number = numberOf(beams);
  switch (option) {
    case "force_words_ids":
    case "constraints":
      // Without beams this is force-words-without-beams.
      return isGiven(value) && number !== undefined && number > 1 ? "yes" : "no";
    case "num_beam_groups":
      return everyAlternative(value, (each) => (numberOf(each) ?? 0) > 1) && number !== undefined && number > 1 ? "yes" : "no";
    case "dola_layers":
      return isGiven(value) && (number === 1 || (beams.kind === "absent" && defaults?.beams === 1)) ? "yes" : "no";
    case "penalty_alpha": {
      if (!everyAlternative(value, (each) => (numberOf(each) ?? 0) > 0)) return "no";
      const topK = optionOf(script, generation, "top_k").value;
      if (topK.kind !== "absent" && !((numberOf(topK) ?? 0) > 1)) return "no";
      const sampling = optionOf(script, generation, "do_sample").value;
      const greedy = sampling.kind === "absent" ? defaults && !defaults.samples : truthOf(sampling) === false;
      const single = beams.kind === "absent" ? defaults && defaults.beams === 1 : number === 1;
      if ((sampling.kind !== "absent" && !greedy) || (beams.kind !== "absent" && !single)) return "no";
      return greedy && single ? "yes" : greedy === false || single === false ? "no" : "perhaps";
    }
  }
}

/** Whether a value is certainly not None. */
function isGiven(value: Value): boolean {
  return everyAlternative(value, (each) => (each.kind === "literal" ? each.type !== "none" : each.kind === "sequence" || each.kind === "instance"));
}

function fixesOf(script: Script, { call }: Generation, { repository }: Mode): Fix[] {
  const edit = addArgument(script, call, "custom_generate", `"${repository}", trust_remote_code=True`);
  return edit ? [{ title: "Fetch the code from the Hub (custom_generate, trust_remote_code=True: runs code from there)", safety: "unsafe", edits: [edit] }] : [];
}
