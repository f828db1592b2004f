/** How nvidia-smi is called, and in which order it answers. A name comes last: it is the one field that may hold a comma. */
import { existsSync } from "node:fs";
import { z } from "zod";

export const GPU_FIELDS = [
  "timestamp",
  "index",
  "uuid",
  "memory.used",
  "memory.total",
  "utilization.gpu",
  "temperature.gpu",
  "power.draw",
  "power.limit",
  "mig.mode.current",
  "name",
] as const;

export const PROCESS_FIELDS = ["timestamp", "gpu_uuid", "pid", "used_memory", "process_name"] as const;

export type GpuField = (typeof GPU_FIELDS)[number];

/** Arguments for one line per GPU and round; without an interval there is one round. */
export function gpuQuery(fields: readonly GpuField[], intervalMs?: number): string[] {
  return [`--query-gpu=${fields.join(",")}`, ...format(intervalMs)];
}

/** Arguments for one line per process and round. A round without processes prints nothing. */
export function processQuery(intervalMs?: number): string[] {
  return [`--query-compute-apps=${PROCESS_FIELDS.join(",")}`, ...format(intervalMs)];
}

function format(intervalMs: number | undefined): string[] {
  return ["--format=csv,noheader,nounits", ...(intervalMs === undefined ? [] : ["-lms", String(intervalMs)])];
}

/** Where WSL keeps it, whatever the PATH is. */
const WSL_NVIDIA_SMI = "/usr/lib/wsl/lib/nvidia-smi";

const commandSchema = z.array(z.string()).min(1);

/**
 * The command to call, from `HF_PREFLIGHT_NVIDIA_SMI` (a JSON array) where that is set.
 * @throws Error that says what the variable should hold.
 */
export function nvidiaSmiCommand(env: Readonly<Record<string, string | undefined>> = process.env): readonly string[] {
  const given = env["HF_PREFLIGHT_NVIDIA_SMI"];
  if (given === undefined || given === "") return [existsSync(WSL_NVIDIA_SMI) ? WSL_NVIDIA_SMI : "nvidia-smi"];
  const parsed = commandSchema.safeParse(jsonOf(given));
  if (!parsed.success) throw new Error(`HF_PREFLIGHT_NVIDIA_SMI should be a JSON array of words, such as ["nvidia-smi"]; it is ${given}`);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not JSON at all: the schema refuses this too, with the message that helps.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
