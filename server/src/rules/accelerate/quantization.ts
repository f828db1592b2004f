/** Models that bitsandbytes quantises when they are loaded. */
import type { Argument } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import { truthOf, type Value } from "../../script/values.js";

export interface Quantization {
  readonly bits: 4 | 8;
  /** The argument of `from_pretrained` that asks for it. */
  readonly argument: Argument;
}

export const isTrue = (value: Value): boolean => value.kind === "literal" && truthOf(value) === true;

/** Positions of BitsAndBytesConfig's first parameters, the same in all versions. */
const POSITIONS = { 8: 0, 4: 1 } as const;

/** How a model is certainly quantised by the call that loads it. */
export function quantizationOf({ call, className }: ScriptObject): Quantization | undefined {
  if (call?.method !== "from_pretrained" || className?.startsWith("transformers.") !== true) return undefined;
  for (const bits of [4, 8] as const) {
    const argument = call.keywords.get(`load_in_${bits}bit`);
    if (argument && isTrue(argument.value)) return { bits, argument };
  }
  const argument = call.keywords.get("quantization_config");
  const config = argument?.value.kind === "instance" && argument.value.object.className === "transformers.BitsAndBytesConfig" ? argument.value.object.call : undefined;
  if (!argument || !config || config.isOpen) return undefined;
  const asked = ([4, 8] as const).filter((bits) => isTrue(config.value(`load_in_${bits}bit`, POSITIONS[bits])));
  return asked.length === 1 && asked[0] !== undefined ? { bits: asked[0], argument } : undefined;
}
