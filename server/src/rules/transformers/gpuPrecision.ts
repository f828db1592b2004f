/** Which precisions TrainingArguments ask for that this machine's GPUs haven't got. */
import type { RuleContext } from "../../analysis/rule.js";
import { modelsBelow } from "../../environment/gpus/hardware.js";
import type { Argument, Call } from "../../script/calls.js";
import { truthOf } from "../../script/values.js";
import { isNothing } from "../nothing.js";

/** How a script says that it trains on the CPU; the second is the name in transformers 4. */
export const ON_CPU = ["use_cpu", "no_cuda"] as const;

/** The compute capability from which on GPUs have tf32 and bf16, and the one from which on fp16 is quick. */
const AMPERE = 8;
const VOLTA = 7;

/** bf16 on a GPU that hasn't got it: torch emulates it, and before these versions one of the two asked for an Ampere GPU. */
const TAKES_EMULATION = { transformers: ">=4.35", torch: ">=2.3" };

/** A script that asks for the hardware itself knows what it does. */
const ASKS_ITSELF = /is_bf16_(?:supported|available)|is_tf32_supported|is_torch_(?:bf16|tf32)|get_device_(?:capability|properties|name)/;

export interface BeyondGpus {
  readonly argument: Argument;
  readonly name: string;
  readonly message: "tf32" | "emulated" | "refused" | "emulatedOrRefused";
  readonly data: Readonly<Record<string, string>>;
}

/** What a call switches on that every GPU of the machine is too old for; nothing where that isn't known. */
export function beyondGpus({ script, hardware, versionsAtNode }: Pick<RuleContext<never>, "script" | "hardware" | "versionsAtNode">, call: Call): readonly BeyondGpus[] {
  const models = modelsBelow(hardware, AMPERE);
  if (!models || ASKS_ITSELF.test(script.text)) return [];
  const gpus = `${hardware.gpus.length === 1 ? "GPU" : "GPUs"} (${models.slice(0, 2).join(", ")})`;
  const found: BeyondGpus[] = [];
  // It is the GPU that is asked for tf32, whatever the script trains on.
  const tf32 = switchedOn(call, "tf32");
  if (tf32) found.push({ argument: tf32, name: "tf32", message: "tf32", data: { gpus, class: call.method } });
  if (!trainsOnGpu(call)) return found;
  for (const [name, half] of [["bf16", "fp16"], ["bf16_full_eval", "fp16_full_eval"]] as const) {
    const argument = switchedOn(call, name);
    if (!argument) continue;
    const isTaken = versionsAtNode(call.node).holds(TAKES_EMULATION);
    const message = isTaken === "always" ? "emulated" : isTaken === "never" ? "refused" : "emulatedOrRefused";
    const remedy = modelsBelow(hardware, VOLTA) ? `Drop ${name}` : `Use ${half}`;
    found.push({ argument, name, message, data: { brain: name, gpus, class: call.method, remedy } });
  }
  return found;
}

function switchedOn(call: Call, name: string): Argument | undefined {
  const argument = call.keywords.get(name);
  return argument && truthOf(argument.value) === true ? argument : undefined;
}

/** Whether nothing says, or may say, that it is to be the CPU. */
function trainsOnGpu(call: Call): boolean {
  return ON_CPU.every((name) => isNothing(call.value(name)) || truthOf(call.value(name)) === false);
}
