/** `--gpu`: which GPUs a run gets. */
import type { GpuReading, GpuState } from "../../../runner/src/gpu/model.js";
import { gpuNamed, visibleGpus } from "../../../runner/src/gpuMask.js";
import type { GpuChoice } from "../../../runner/src/launch.js";
import { Mistake } from "../mistake.js";

/**
 * @param written `auto`, `all`, `none`, or indices and UUIDs separated by commas; undefined is `all`.
 * @param state what nvidia-smi says.
 * @param mask `CUDA_VISIBLE_DEVICES` as it is set.
 * @throws Mistake
 */
export function gpuChoice(written: string | undefined, state: GpuState, mask: string | undefined): GpuChoice {
  if (written === undefined || written === "all" || written === "none") return written ?? "all";
  if (state.kind === "unavailable") throw new Mistake(`--gpu ${written}: the GPUs can't be seen. ${state.message} Leave --gpu out, or say --gpu none.`);
  if (written === "auto") return [emptiest(state.gpus, mask).uuid];
  const names = written.split(",").map((name) => name.trim());
  const chosen = names.map((name) => {
    if (name.startsWith("MIG-")) return name;
    const gpu = gpuNamed(name, state.gpus);
    if (!gpu) throw new Mistake(`--gpu: there is no GPU "${name}". There ${state.gpus.length === 1 ? "is" : "are"} ${listed(state.gpus)}; or say auto, all or none.`);
    return gpu.uuid;
  });
  return [...new Set(chosen)];
}

/** The one with most free memory, among those that the mask allows. */
function emptiest(gpus: readonly GpuReading[], mask: string | undefined): GpuReading {
  const allowed = visibleGpus(mask, gpus);
  const [best] = gpus.filter(({ uuid }) => allowed.includes(uuid)).sort((a, b) => freeOf(b) - freeOf(a) || a.index - b.index);
  if (!best) throw new Mistake(`--gpu auto: CUDA_VISIBLE_DEVICES=${mask ?? ""} allows no GPU of this machine.`);
  return best;
}

function freeOf({ memoryTotalMib, memoryUsedMib }: GpuReading): number {
  return memoryTotalMib === null || memoryUsedMib === null ? -1 : memoryTotalMib - memoryUsedMib;
}

function listed(gpus: readonly GpuReading[]): string {
  return gpus.map(({ index, name }) => `${index} (${name})`).join(", ");
}
