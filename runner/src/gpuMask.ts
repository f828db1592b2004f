/** `CUDA_VISIBLE_DEVICES`: which GPUs a process sees. Pure. */
import type { GpuChoice, KnownGpu } from "./launch.js";

/**
 * The GPUs that a mask lets through, in its order; of a MIG device its own UUID, for no GPU has it. CUDA stops at the first entry that it
 * doesn't know.
 *
 * @param mask undefined or null where it isn't set
 */
export function visibleGpus(mask: string | null | undefined, known: readonly KnownGpu[]): string[] {
  if (mask === null || mask === undefined) return known.map(({ uuid }) => uuid);
  const visible: string[] = [];
  for (const entry of mask.split(",").map((each) => each.trim())) {
    const uuid = entry.startsWith("MIG-") ? entry : gpuNamed(entry, known)?.uuid;
    if (uuid === undefined) break;
    visible.push(uuid);
  }
  return visible;
}

/** By its index or by the beginning of its UUID. */
export function gpuNamed(name: string, known: readonly KnownGpu[]): KnownGpu | undefined {
  if (/^\d+$/u.test(name)) return known.find(({ index }) => index === Number(name));
  return name.startsWith("GPU-") ? known.find(({ uuid }) => uuid.startsWith(name)) : undefined;
}

/**
 * The mask that a choice needs: PCI indices, or the UUIDs where the GPU isn't known by an index (MIG). Undefined: the environment's own
 * stays as it is.
 */
export function maskOf(choice: GpuChoice, known: readonly KnownGpu[]): string | undefined {
  if (choice === "all") return undefined;
  if (choice === "none") return "";
  return choice.map((uuid) => known.find((gpu) => gpu.uuid === uuid)?.index ?? uuid).join(",");
}
