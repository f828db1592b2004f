/** How much GPU memory a run holds, as far as it can be told. */
import type { GpuReadings } from "./model.js";

export interface RunMemory {
  readonly memoryMib: number | null;
  /** `processes`: the sum over the run's own processes. `baseline`: what its GPUs hold more than before the launch, whoever it is. */
  readonly how: "processes" | "baseline";
}

export interface RunMemoryQuestion {
  readonly readings: GpuReadings;
  /** UUIDs of the run's GPUs; empty means all of them. */
  readonly gpus: readonly string[];
  /** Memory in use before the launch, by UUID, in MiB. */
  readonly baselineMib: Readonly<Record<string, number>>;
  /** Whether a process belongs to the run; undefined where the driver counts processes in another way than this machine (a container). */
  isOurs(pid: number): boolean | undefined;
}

export function runMemory({ readings, gpus, baselineMib, isOurs }: RunMemoryQuestion): RunMemory {
  const concerned = (uuid: string): boolean => gpus.length === 0 || gpus.includes(uuid);
  const byProcesses = sumOfProcesses(readings, concerned, isOurs);
  if (byProcesses !== undefined) return { memoryMib: byProcesses, how: "processes" };
  let memoryMib: number | null = null;
  for (const { uuid, memoryUsedMib } of readings.gpus) {
    const before = baselineMib[uuid];
    if (concerned(uuid) && memoryUsedMib !== null && before !== undefined) memoryMib = (memoryMib ?? 0) + Math.max(0, memoryUsedMib - before);
  }
  return { memoryMib, how: "baseline" };
}

function sumOfProcesses({ processes }: GpuReadings, concerned: (uuid: string) => boolean, isOurs: (pid: number) => boolean | undefined): number | undefined {
  if (!processes) return undefined;
  let sum = 0;
  for (const { gpuUuid, pid, name, memoryMib } of processes) {
    if (!concerned(gpuUuid)) continue;
    // A process that the driver can't name lives outside this container, and its number means another process here.
    const ours = name === null ? undefined : isOurs(pid);
    if (ours === undefined || (ours && memoryMib === null)) return undefined;
    if (ours) sum += memoryMib ?? 0;
  }
  return sum;
}
