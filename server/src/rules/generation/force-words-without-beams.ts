import { addArgument, mergedEdits, replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Versions } from "../../environment/versions.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf } from "../../script/values.js";
import { defaultsOf, modelOf } from "./generateCalls.js";
import { forcedGenerationsOf, type ForcedGeneration } from "./forcedWords.js";

/** Where constrained search lives since it left the library. */
const REPOSITORY = "transformers-community/constrained-beam-search";

export default defineRule({
  id: "generation/force-words-without-beams",
  severity: "error",
  status: "stable",
  since: "0.1.0",
  libraries: ["transformers"],
  mentions: ["force_words_ids", "constraints"],
  messages: {
    old: "{constraint} needs beam search, but num_beams is {beams}: generate() raises ValueError. Set num_beams above 1.",
    new: '{constraint} left transformers in 4.57: generate() raises ValueError without num_beams above 1, custom_generate="{repository}" and trust_remote_code=True.',
    any: "{constraint} with num_beams {beams} makes generate() raise ValueError. Set num_beams above 1; from transformers 4.57 on pass custom_generate and trust_remote_code=True too.",
    checkpoint:
      "{constraint} without num_beams: generate() raises ValueError before transformers 4.57 unless the checkpoint sets beams itself, from 4.57 on without custom_generate and trust_remote_code=True.",
    checkpointOld: "{constraint} needs beam search, and num_beams is not set: generate() raises ValueError unless the checkpoint's own generation config sets beams. Set num_beams above 1.",
  },
  docs: {
    summary: "force_words_ids or constraints without beam search.",
    why: `Words can only be forced by constrained beam search. With \`num_beams\` at 1, its default, \`generate()\` raises \`ValueError\`, after the model has been loaded.

Up to transformers 4.56 it is enough to set \`num_beams\` above 1. In 4.57 constrained search left the library: whatever the beams,
\`generate()\` raises unless the call names the repository that now holds the code, \`custom_generate="${REPOSITORY}"\`, together with
\`trust_remote_code=True\`. That runs code from the Hub.

Some checkpoints (BART, Marian, Pegasus) set beams in their own generation config; for an unknown checkpoint this is a warning up to 4.56.`,
    examples: [
      {
        versions: { transformers: "4.46" },
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
words = tokenizer(["Paris"], add_special_tokens=False).input_ids
inputs = tokenizer("The capital of France is", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, force_words_ids=words)
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
    references: ["https://github.com/huggingface/transformers/pull/40518", `https://huggingface.co/${REPOSITORY}`],
    silent: "Where the words may be None; where the beams come from the command line; on objects of the script's own classes; with `custom_generate` from 4.57 on.",
  },
  check(ctx) {
    for (const generation of forcedGenerationsOf(ctx.script)) {
      const { call, constraint, beams } = generation;
      const number = numberOf(beams);
      if (number !== undefined ? number > 1 : beams.kind !== "absent") continue;
      const versions = ctx.versionsAt(call.span.start);
      if (bringsItsOwnCode(call, generation.holder) && versions.holds({ transformers: "<4.57" }) !== "always") continue;
      const own = number === undefined && generation.byDefault === "checkpoint" ? ownBeams(call) : 1;
      const since457 = versions.holds({ transformers: ">=4.57" });
      if (own !== undefined && own > 1 && since457 !== "always") continue;
      const isCertain = own !== undefined || since457 === "always";
      const uncertain = since457 === "never" ? "checkpointOld" : "checkpoint";
      const certain = since457 === "never" ? "old" : since457 === "always" ? "new" : "any";
      ctx.report({
        message: isCertain ? certain : uncertain,
        severity: isCertain ? "error" : "warning",
        data: { constraint: constraint.name, beams: number === undefined ? "not set (1)" : number, repository: REPOSITORY },
        at: ctx.script.tree.span(constraint.entry),
        raises: "ValueError",
        fixes: fixesOf(ctx.script, generation, versions),
      });
    }
  },
});

function bringsItsOwnCode(call: Call, holder: Call): boolean {
  return call.isOpen || [call, holder].some((each) => each.keywords.has("custom_generate"));
}

/** num_beams where neither the call nor the script says anything: of a well-known checkpoint, or of a config that the script makes. */
function ownBeams(call: Call): number | undefined {
  const model = modelOf(call.receiver);
  return model && defaultsOf(model)?.beams;
}

function fixesOf(script: Script, { call, holder, beams }: ForcedGeneration, versions: Versions): Fix[] {
  const target = holder.keywords.get("num_beams") ?? call.keywords.get("num_beams");
  const beamEdit = target ? replaceValue(script, target, "5") : addArgument(script, holder, "num_beams", "5");
  if (!beamEdit || (target && beams.kind !== "literal")) return [];
  if (versions.holds({ transformers: "<4.57" }) === "always") return [{ title: "Set `num_beams=5`", safety: "safe", edits: [beamEdit] }];
  const title = "Set `num_beams=5` and fetch the code for constrained search from the Hub (trust_remote_code=True)";
  const remote = addArgument(script, call, "custom_generate", `"${REPOSITORY}", trust_remote_code=True`);
  const full: Fix[] = remote && !call.keywords.has("trust_remote_code") ? [{ title, safety: "unsafe", edits: mergedEdits([beamEdit, remote]) }] : [];
  if (versions.holds({ transformers: ">=4.57" }) === "always") return full;
  return [{ title: "Set `num_beams=5` (enough up to transformers 4.56)", safety: "unsafe", edits: [beamEdit] }, ...full];
}
