/** What is known of the GPUs of the machine that checks, which need not be the one that will train. Pure; `driverFolder` reads it. */
import { capabilityOf } from "./computeCapability.js";

/** Where the driver lays it out: a folder per GPU, with a file `information` in each. On Linux only, and not in WSL. */
export const DRIVER_FOLDER = "/proc/driver/nvidia/gpus";

export interface Hardware {
  /** The NVIDIA GPUs' models, as the driver names them; none where nothing is known, which doesn't mean that there is no GPU. */
  readonly gpus: readonly string[];
}

export const nothingKnown: Hardware = { gpus: [] };

/**
 * The models, each once, where every GPU of the machine is certainly below a compute capability. Where one isn't, or nobody knows, undefined: a script
 * trains on whichever it is given.
 */
export function modelsBelow({ gpus }: Hardware, capability: number): readonly string[] | undefined {
  const areBelow = gpus.length > 0 && gpus.every((model) => (capabilityOf(model) ?? capability) < capability);
  return areBelow ? [...new Set(gpus)] : undefined;
}
