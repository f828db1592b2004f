/** Models of a script that get an adapter. */
import { isKindOf } from "../../knowledge/classes.js";
import type { Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { stringOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { isNothing } from "../nothing.js";

export interface AdaptedModel {
  readonly model: Value;
  readonly config: Value;
  /** The call that adapts it. */
  readonly call: Call;
}

/** Every model that gets an adapter, with the adapter's config: `get_peft_model`, and trl's `peft_config=`. */
export function adaptedModels(script: Script): AdaptedModel[] {
  const wrapped = script.callsTo("peft.get_peft_model").map((call) => ({ call, model: call.value("model", 0), config: call.value("peft_config", 1) }));
  const trained = script
    .callsTo("transformers.Trainer")
    .filter((call) => isKindOf(call.name ?? "", "transformers.Trainer") && call.keywords.has("peft_config"))
    .map((call) => ({ call, model: call.value("model", 0), config: call.value("peft_config") }));
  return [...wrapped, ...trained];
}

/** The call of `get_peft_model` that made a model; undefined for anything else. */
export function wrappingOf(model: Value): Call | undefined {
  return model.kind === "instance" && model.object.call?.name === "peft.get_peft_model" ? model.object.call : undefined;
}

/** Whether a script decides by itself what is trained: then nothing can be said of what the libraries freeze. */
export function setsTrainable(script: Script): boolean {
  const { tree, scopes } = script;
  const isWritten = (attribute: Node): boolean => tree.kind(tree.parent(attribute)) === Kind.assignment && tree.field(attribute) === Field.left;
  return scopes.attributes("requires_grad").some(isWritten) || ["requires_grad_", "set_adapter", "unfreeze"].some((name) => scopes.attributes(name).length > 0);
}

/** Whether a LoRA config certainly puts nothing on the embeddings when a call reads it, so that they stay frozen as they are. */
export function leavesEmbeddings(script: Script, config: ScriptObject, reader: Call): boolean {
  const field = (name: string): Value => script.objects.fieldAt(config, name, reader.node, reader.frame);
  if (!config.call || config.call.isOpen || !["modules_to_save", "trainable_token_indices"].every((name) => isNothing(field(name)))) return false;
  const targets = field("target_modules");
  if (isNothing(targets) || stringOf(targets) === "all-linear") return true;
  return targets.kind === "sequence" && !targets.open && targets.items.every((item) => /^(?!.*(?:embed|wte|wpe|lm_head|shared))\w+$/.test(stringOf(item) ?? ""));
}
