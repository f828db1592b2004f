import { addArgument, mergedEdits, replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Versions } from "../../environment/versions.js";
import { checkpointFacts } from "../../knowledge/checkpoints.js";
import { nameOf, type Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { numberOf, stringOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { configOf, modelOf, optionOnModel } from "./generateCalls.js";

/** Where constrained search lives since it left the library. */
const REPOSITORY = "transformers-community/constrained-beam-search";

/** What one `generate` call is asked for. */
interface Generation {
  readonly call: Call;
  /** The GenerationConfig or the call that holds the constraint. */
  readonly holder: Call;
  readonly constraint: Constraint;
  readonly beams: Value;
  /** Who decides on the beams where the script doesn't: the library's default of 1, or the checkpoint's own generation config. */
  readonly byDefault: "one" | "checkpoint";
}

interface Constraint {
  readonly name: string;
  readonly value: Value;
  /** Where it is written: an argument, a dict entry, an attribute write. */
  readonly entry: Node;
}

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
    for (const generation of generationsOf(ctx.script)) {
      const { call, constraint, beams } = generation;
      const number = numberOf(beams);
      if (number !== undefined ? number > 1 : beams.kind !== "absent") continue;
      const versions = ctx.versionsAt(call.span.start);
      if (bringsItsOwnCode(call, generation.holder) && versions.holds({ transformers: "<4.57" }) !== "always") continue;
      const own = number === undefined && generation.byDefault === "checkpoint" ? checkpointBeams(call) : 1;
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

/** Every `generate` that is certainly asked for forced words: by keyword, by an unpacked dict, or by its GenerationConfig. */
function generationsOf(script: Script): Generation[] {
  const found: Generation[] = [];
  for (const call of script.callsOfMethod("generate")) {
    const receiver = call.receiver;
    if (receiver?.kind === "instance" && !modelOf(receiver)) continue;
    if (receiver?.kind === "class" || receiver?.kind === "reference" || isForeign(receiver)) continue;
    const config = configOf(script, call);
    const holder = holderOf(script, call, config);
    if (!holder) continue;
    const given = call.value("num_beams");
    const configured = config && given.kind === "absent" ? script.objects.fieldAt(config, "num_beams", call.node) : given;
    found.push({ call, ...holder, beams: beamsOnModel(script, configured, call), byDefault: config ? "one" : "checkpoint" });
  }
  return found;
}

/** Whether an object certainly comes from another library: vLLM has a generate() of its own. */
function isForeign(receiver: Value | undefined): boolean {
  const root = receiver && nameOf(receiver)?.split(/[.(]/, 1)[0];
  return root !== undefined && !["transformers", "peft", "trl", "accelerate", "torch", "builtins", "unsloth"].includes(root);
}

/** `model.generation_config.num_beams = 4` counts where neither the call nor a GenerationConfig says anything. */
function beamsOnModel(script: Script, value: Value, call: Call): Value {
  return value.kind === "absent" && call.receiver?.kind === "instance" ? optionOnModel(script, call.receiver.object, "num_beams", call.node).value : value;
}

function holderOf(script: Script, call: Call, config: ScriptObject | undefined): Pick<Generation, "holder" | "constraint"> | undefined {
  // Other libraries have a generate() with constraints too; on an object that isn't known the word proves nothing.
  const names = call.receiver?.kind === "instance" ? ["force_words_ids", "constraints"] : ["force_words_ids"];
  for (const name of names) {
    const given = call.keywords.get(name);
    if (given) return isGiven(given.value) ? { holder: call, constraint: { name, value: given.value, entry: given.entry } } : undefined;
    if (!config?.call) continue;
    const value = script.objects.fieldAt(config, name, call.node);
    if (!isGiven(value)) continue;
    const written = script.eventsBefore(config, call.node).findLast((event) => event.kind === "written" && event.field === name);
    const entry = written?.node ?? config.call.keywords.get(name)?.entry;
    if (entry !== undefined) return { holder: config.call, constraint: { name, value, entry } };
  }
  return undefined;
}

/** Whether a value is certainly not None. A parameter, an attribute or something unknown may well be. */
function isGiven(value: Value): boolean {
  switch (value.kind) {
    case "literal":
      return value.type !== "none";
    case "oneOf":
      return value.alternatives.every((alternative) => isGiven(alternative.value));
    case "sequence":
    case "instance":
    case "record":
      return true;
    case "attribute":
      // tokenizer(...).input_ids
      return value.name === "input_ids" && value.object.kind === "instance";
    case "item":
      return value.object.kind === "instance";
    default:
      return false;
  }
}

function bringsItsOwnCode(call: Call, holder: Call): boolean {
  return call.isOpen || [call, holder].some((each) => each.keywords.has("custom_generate"));
}

/** num_beams of the model's checkpoint, where it is a well-known one. */
function checkpointBeams(call: Call): number | undefined {
  const receiver = call.receiver;
  const loaded = receiver?.kind === "instance" ? receiver.object.call : undefined;
  if (loaded?.method !== "from_pretrained") return undefined;
  const repository = stringOf(loaded.value("pretrained_model_name_or_path", 0));
  return repository === undefined ? undefined : checkpointFacts(repository)?.beams;
}

function fixesOf(script: Script, { call, holder, beams }: Generation, versions: Versions): Fix[] {
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
