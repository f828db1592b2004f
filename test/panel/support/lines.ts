/** Lines of a run's files, as the supervisor writes them. */
import type { GpuLine } from "../../../runner/src/record.js";

export const start = "2026-03-01T12:00:00.000Z";

/** The time some seconds after the start. */
export function time(seconds: number): string {
  return new Date(Date.parse(start) + seconds * 1000).toISOString();
}

interface Sample {
  readonly used: number | null;
  readonly run: number | null;
  readonly how?: "processes" | "baseline";
  /** How many GPUs the machine has. */
  readonly gpus?: number;
}

export function gpuLine(seconds: number, { used, run, how = "processes", gpus = 1 }: Sample): GpuLine {
  return {
    t: time(seconds),
    gpus: Array.from({ length: gpus }, (_, index) => ({
      uuid: `GPU-${index}`,
      index,
      name: "NVIDIA H100 80GB HBM3",
      memoryUsedMib: used,
      memoryTotalMib: 80_000,
      utilisation: 90,
      temperature: 60,
      power: 400,
      powerLimit: 700,
      migMode: null,
      problem: null,
    })),
    run: { memoryMib: run, how },
    host: { usedMib: 16_000, totalMib: 64_000 },
  };
}
