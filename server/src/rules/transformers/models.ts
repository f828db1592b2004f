/** Which kind of model a Trainer gets. */
import type { ScriptObject } from "../../script/objects.js";
import type { Value } from "../../script/values.js";

/** The object of a library's model class that a value is; a PEFT model is what it was made of. */
export function modelOf(value: Value): ScriptObject | undefined {
  if (value.kind !== "instance") return undefined;
  const { object } = value;
  if (object.call?.name === "peft.get_peft_model") return modelOf(object.call.value("model", 0));
  return object.className?.startsWith("transformers.") ? object : undefined;
}

/** Decoder-only models with a head for the next token. */
export function isCausal(model: ScriptObject): boolean {
  return /^transformers\.(?:AutoModelForCausalLM|\w+ForCausalLM|GPT2LMHeadModel)$/.test(model.className ?? "");
}

export function isTokenClassifier(model: ScriptObject): boolean {
  return /^transformers\.\w+ForTokenClassification$/.test(model.className ?? "");
}

/** Encoder-decoder models for text. BART's and its kin's double as decoders for other tasks under other names. */
export function isSeq2Seq(model: ScriptObject): boolean {
  return /^transformers\.(?:AutoModelForSeq2SeqLM|(?:T5|MT5|LongT5|UMT5|Bart|MBart|Pegasus|PegasusX|M2M100|LED|BlenderbotSmall|Blenderbot|ProphetNet)ForConditionalGeneration|MarianMTModel)$/.test(model.className ?? "");
}
