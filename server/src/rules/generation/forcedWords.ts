/** The `generate` calls that force words, and the beams that they do it with. */
import { nameOf, type Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { configOf, modelOf, optionOnModel } from "./generateCalls.js";

/** What one `generate` call is asked for. */
export interface ForcedGeneration {
  readonly call: Call;
  /** The GenerationConfig or the call that holds the constraint. */
  readonly holder: Call;
  readonly constraint: Constraint;
  readonly beams: Value;
  /** Who decides on the beams where the script doesn't: the library's default of 1, or the checkpoint's own generation config. */
  readonly byDefault: "one" | "checkpoint";
}

export interface Constraint {
  readonly name: string;
  readonly value: Value;
  /** Where it is written: an argument, a dict entry, an attribute write. */
  readonly entry: Node;
}

/** Every `generate` that is certainly asked for forced words: by keyword, by an unpacked dict, or by its GenerationConfig. */
export function forcedGenerationsOf(script: Script): ForcedGeneration[] {
  const found: ForcedGeneration[] = [];
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

function holderOf(script: Script, call: Call, config: ScriptObject | undefined): Pick<ForcedGeneration, "holder" | "constraint"> | undefined {
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
export function isGiven(value: Value): boolean {
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
