/** Which files a script names whose text rules ask for. Whoever calls `analyze` looks for them beforehand. */
import type { Script } from "../script/script.js";
import { deepspeedUses, pathGiven } from "./accelerate/deepspeedUses.js";

/** Whether it is worth asking: a search of the text, without parsing it. */
export function mayNameFiles(text: string): boolean {
  return text.includes("deepspeed") || text.includes("DeepSpeed");
}

/** The paths as they are written in the script, each once. */
export function namedFiles(script: Script): readonly string[] {
  return mayNameFiles(script.text) ? [...new Set(deepspeedUses(script).flatMap((use) => pathGiven(use) ?? []))] : [];
}
