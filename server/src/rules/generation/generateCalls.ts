/** `generate` calls on transformers models, and what an option of generation is there: in the call, in its GenerationConfig, on the model. */
import { checkpointFacts } from "../../knowledge/checkpoints.js";
import { MODEL } from "../../knowledge/classes.js";
import type { Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { ABSENT, stringOf, UNKNOWN, type Value } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { isNothing } from "../nothing.js";

/** One `generate` call on a model that is certainly transformers' own. */
export interface Generation {
  readonly call: Call;
  readonly model: ScriptObject;
  /** The GenerationConfig that it uses, where the script makes it. */
  readonly config: ScriptObject | undefined;
}

/** An option as one call sees it. */
export interface GenerationOption {
  /** `absent` where nothing in the script sets it. */
  readonly value: Value;
  /** The argument, dict entry or assignment that sets it; NO_NODE where none does. */
  readonly entry: Node;
  /** The value's expression. */
  readonly node: Node;
}

/** What holds where the script sets neither: the library's defaults, or what the checkpoint brings in its own generation config. */
export interface GenerationDefaults {
  readonly beams: number;
  readonly samples: boolean;
}

const NOT_SET: GenerationOption = { value: ABSENT, entry: NO_NODE, node: NO_NODE };
const NOT_KNOWN: GenerationOption = { value: UNKNOWN, entry: NO_NODE, node: NO_NODE };

/** The object behind a value, if it is an instance of one of transformers' (or peft's, or trl's) model classes. */
export function modelOf(value: Value | undefined): ScriptObject | undefined {
  return value?.kind === "instance" && !value.object.localClass && MODEL.test(value.object.className ?? "") ? value.object : undefined;
}

export function isGenerationConfig(value: Value): value is Extract<Value, { kind: "instance" }> {
  return value.kind === "instance" && value.object.className === "transformers.GenerationConfig";
}

export function generationsOf(script: Script): Generation[] {
  return script.callsOfMethod("generate").flatMap((call) => {
    const model = modelOf(call.receiver);
    return model ? [{ call, model, config: configOf(script, call) }] : [];
  });
}

/** The GenerationConfig that a call uses: its own argument, or what was put on the model before. */
export function configOf(script: Script, call: Call): ScriptObject | undefined {
  const { receiver } = call;
  const given = call.value("generation_config", 1);
  const onModel = receiver?.kind === "instance" && given.kind === "absent" ? script.objects.fieldAt(receiver.object, "generation_config", call.node) : given;
  return isGenerationConfig(onModel) ? onModel.object : undefined;
}

export function optionOf(script: Script, generation: Generation, name: string): GenerationOption {
  const { call, model, config } = generation;
  const given = call.keywords.get(name);
  if (given) return { value: given.value, entry: given.entry, node: given.node };
  const passed = call.value("generation_config", 1);
  if (call.isOpen || (!config && !isNothing(passed))) return NOT_KNOWN;
  const configured = config ? fieldOf(script, config, name, call.node) : NOT_SET;
  return configured.value.kind === "absent" ? optionOnModel(script, model, name, call.node) : configured;
}

/** A field of a GenerationConfig. One that was loaded may hold anything that the script doesn't write. */
export function fieldOf(script: Script, config: ScriptObject, name: string, reader: Node): GenerationOption {
  const value = script.objects.fieldAt(config, name, reader);
  if (value.kind === "absent") return config.call?.method.startsWith("from_") === false ? NOT_SET : NOT_KNOWN;
  const written = script.eventsBefore(config, reader).findLast((event) => event.kind === "written" && event.field === name);
  if (written) return { value, entry: written.node, node: written.value ?? written.node };
  const argument = config.call?.keywords.get(name);
  return { value, entry: argument?.entry ?? NO_NODE, node: argument?.node ?? NO_NODE };
}

/** `model.generation_config.num_beams = 4` counts where neither the call nor a GenerationConfig says anything. */
export function optionOnModel(script: Script, model: ScriptObject, name: string, reader: Node): GenerationOption {
  for (const field of [`generation_config.${name}`, `config.${name}`, "generation_config", "config"]) {
    const value = script.objects.fieldAt(model, field, reader);
    if (value.kind === "absent" || isGenerationConfig(value)) continue;
    const written = script.eventsBefore(model, reader).findLast((event) => event.kind === "written" && event.field === field);
    return field.endsWith(name) ? { value, entry: written?.node ?? NO_NODE, node: written?.value ?? NO_NODE } : NOT_KNOWN;
  }
  return NOT_SET;
}

/** The defaults of a model: known for a model built from a config of the script and for well-known checkpoints. */
export function defaultsOf(model: ScriptObject): GenerationDefaults | undefined {
  const { call } = model;
  if (!call) return undefined;
  if (call.method === "from_pretrained") {
    const repository = stringOf(call.value("pretrained_model_name_or_path", 0));
    return repository === undefined ? undefined : checkpointFacts(repository);
  }
  const inner = modelOf(call.positional[0]?.value ?? call.keywords.get("model")?.value);
  if (inner) return defaultsOf(inner);
  const config = call.value("config", 0);
  const isOwn = config.kind === "instance" && /Config$/.test(config.object.className ?? "") && config.object.call?.method.startsWith("from_") === false;
  return isOwn && config.object.call?.isOpen === false ? { beams: 1, samples: false } : undefined;
}
