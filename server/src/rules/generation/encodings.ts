/** What a tokenizer returned, on its way into a model. */
import { isEncoding, type Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { modelOf } from "./generateCalls.js";

/** A call that hands inputs to a model: `model(...)` or `model.generate(...)`. */
export interface ModelCall {
  readonly call: Call;
  readonly model: ScriptObject;
  /** As the script writes it, for messages: `model.generate`. */
  readonly written: string;
}

export function modelCallsOf(script: Script): ModelCall[] {
  const written = (call: Call): string => script.tree.textOf(call.function);
  const generate = script.callsOfMethod("generate").map((call) => ({ call, model: modelOf(call.receiver), written: written(call) }));
  const forward = script.callsMatching(/\(\)$/, /model/i).map((call) => ({ call, model: modelOf(call.callee), written: written(call) }));
  return [...generate, ...forward].filter((each): each is ModelCall => each.model !== undefined);
}

/** The tokenizer call behind a value, if the value is its result as it was: neither mapped over nor written to. */
export function tokenizerCallOf(script: Script, value: Value, reader: Node): Call | undefined {
  if (!isEncoding(value) || value.kind !== "instance" || value.origin !== value.object.origin) return undefined;
  const changed = script.eventsOf(value.object).some((event) => event.from <= reader && (event.kind === "written" || event.kind === "escaped" || event.kind === "augmented"));
  const { call } = value.object;
  return changed || !call || call.isOpen ? undefined : call;
}

/** Whether a tokenizer call may pad: `padding` is there and neither False nor "do_not_pad". */
export function mayPad(call: Call): boolean {
  const padding = call.value("padding");
  return padding.kind !== "absent" && truthOf(padding) !== false && stringOf(padding) !== "do_not_pad";
}
