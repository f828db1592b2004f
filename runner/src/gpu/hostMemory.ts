/** The host's memory: a run that is killed without a word is often killed for this. */
import { freemem, totalmem } from "node:os";
import { procFiles, type ProcFiles } from "./procFiles.js";

export interface HostMemory {
  readonly usedMib: number;
  readonly totalMib: number;
}

const MIB = 1024 * 1024;

/** What is in use and can't be given back, of the machine or of the container's share if that is smaller. */
export function hostMemory(files: ProcFiles = procFiles): HostMemory {
  const machine = machineMemory(files.read("/proc/meminfo")) ?? { usedMib: (totalmem() - freemem()) / MIB, totalMib: totalmem() / MIB };
  const container = containerMemory(files);
  const { usedMib, totalMib } = container && container.totalMib < machine.totalMib ? container : machine;
  return { usedMib: Math.round(usedMib), totalMib: Math.round(totalMib) };
}

function machineMemory(meminfo = ""): HostMemory | undefined {
  const kib = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "mu").exec(meminfo)?.[1] ?? Number.NaN);
  const [total, available] = [kib("MemTotal"), kib("MemAvailable")];
  return Number.isNaN(total + available) ? undefined : { usedMib: (total - available) / 1024, totalMib: total / 1024 };
}

/** The limit of a control group (version 2); its cache of files counts as free, as it does for the machine. */
function containerMemory(files: ProcFiles): HostMemory | undefined {
  const [limit, current] = ["memory.max", "memory.current"].map((name) => Number(files.read(`/sys/fs/cgroup/${name}`) ?? Number.NaN));
  const cache = Number(/^inactive_file (\d+)$/mu.exec(files.read("/sys/fs/cgroup/memory.stat") ?? "")?.[1] ?? 0);
  if (limit === undefined || current === undefined || Number.isNaN(limit + current)) return undefined;
  return { usedMib: Math.max(0, current - cache) / MIB, totalMib: limit / MIB };
}
