/** How nvidia-smi is called, and in which order it answers. A name comes last: it is the one field that may hold a comma. */
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
