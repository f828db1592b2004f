/** Whether a process is still the one that was meant: numbers are given again. */
import { processEntry, type ProcessEntry } from "./processTable.js";
import type { ProcessIdentity } from "./record.js";

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: processEntry(pid)?.startTime ?? null };
}

/** Whether that very process runs. One that has ended and waits for its parent to ask how doesn't. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (process.platform === "win32") return canBeSignalled(identity.pid);
  const entry = processEntry(identity.pid);
  return entry !== undefined && !entry.isZombie && isSame(entry, identity);
}

export function isSame(entry: ProcessEntry, { pid, startTime }: ProcessIdentity): boolean {
  return entry.pid === pid && (startTime === null || entry.startTime === startTime);
}

function canBeSignalled(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
