/** unsloth puts trainers and configs of its own in the place of TRL's, and loads models in its own way. */
import type { Script } from "../script/script.js";

/** Whether a script imports it: then nothing is known of what the patched classes take and do. */
export function isPatchedByUnsloth({ imports }: Script): boolean {
  return imports.importsRoot("unsloth");
}
