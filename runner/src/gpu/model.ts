/** What the GPUs say of themselves. A figure that the driver doesn't give is null, never 0. */
import * as z from "zod";

export const gpuReadingSchema = z.object({
  uuid: z.string(),
  /** In PCI bus order, as `CUDA_DEVICE_ORDER=PCI_BUS_ID` counts. */
  index: z.int().nonnegative(),
  name: z.string(),
  memoryUsedMib: z.number().nonnegative().nullable(),
  memoryTotalMib: z.number().nonnegative().nullable(),
  /** Percent of the time in which a kernel ran. */
  utilisation: z.number().nonnegative().nullable(),
  /** Degrees Celsius. */
  temperature: z.number().nullable(),
  /** Watts. */
  power: z.number().nonnegative().nullable(),
  /** Watts. */
  powerLimit: z.number().nonnegative().nullable(),
  /** "Enabled", "Disabled", or null where the GPU can't be divided. Of a divided GPU the driver gives no utilisation. */
  migMode: z.string().nullable().optional(),
  /** What is wrong with this GPU, as a sentence. */
  problem: z.string().nullable(),
});

export const gpuProcessSchema = z.object({
  gpuUuid: z.string(),
  /** As the driver counts: inside a container it may be a number of the host's. */
  pid: z.int().positive(),
  /** Null where the driver can't see the process, as in containers. */
  name: z.string().nullable(),
  /** Null under WDDM and in many containers. */
  memoryMib: z.number().nonnegative().nullable(),
});

export type GpuReading = Readonly<z.infer<typeof gpuReadingSchema>>;
export type GpuProcess = Readonly<z.infer<typeof gpuProcessSchema>>;

/**
 * Why there are no readings.
 * - `no binary`: nvidia-smi is not there.
 * - `driver`: it is there and says that the driver isn't, or doesn't fit.
 * - `no GPU`: the driver runs and sees no device.
 * - `timeout`: it has said nothing for too long.
 * - `failed`: it ended with an error of another kind.
 */
export type GpuUnavailableReason = "no binary" | "driver" | "no GPU" | "timeout" | "failed";

export interface GpuReadings {
  readonly kind: "ok";
  /** ISO 8601, UTC, by this machine's clock. */
  readonly at: string;
  readonly gpus: readonly GpuReading[];
  /** Null as long as it isn't known who uses the GPUs. */
  readonly processes: readonly GpuProcess[] | null;
}

export interface GpuUnavailable {
  readonly kind: "unavailable";
  readonly at: string;
  readonly reason: GpuUnavailableReason;
  /** A sentence that says what is wrong and what to do. */
  readonly message: string;
}

export type GpuState = GpuReadings | GpuUnavailable;
