/** The processes of a run: the group that its script leads, and those that have left it. */
import { allProcesses, commandOf, hasVariable, processEntry, processesWithVariable, type ProcessEntry } from "./processTable.js";
import { isAlive, isSame } from "./processIdentity.js";
import type { RunRecord } from "./record.js";

/** Every process of a run has it in its environment, with the run's id. */
export const RUN_VARIABLE = "HF_PREFLIGHT_RUN";

type RunOfProcesses = Pick<RunRecord, "id" | "process">;

/**
 * The living members of the run's process group. Empty when the group's number belongs to somebody else by now.
 */
export function groupOf({ id, process: leader }: RunOfProcesses): readonly ProcessEntry[] {
  if (!leader) return [];
  if (process.platform === "win32") return isAlive(leader) ? [{ ...leader, startTime: "", parent: 0, group: leader.pid, isZombie: false }] : [];
  const members = allProcesses().filter(({ group, isZombie }) => group === leader.pid && !isZombie);
  const first = processEntry(leader.pid);
  if (first) return isSame(first, leader) ? members : [];
  // The leader is gone. A group keeps its number from being given again as long as it has members, but it may have been gone in between.
  return process.platform !== "linux" || members.some(({ pid }) => hasVariable(pid, RUN_VARIABLE, id)) ? members : [];
}

/** @returns false when there is nobody left. */
export function signalGroup(run: RunOfProcesses, signal: NodeJS.Signals): boolean {
  const leader = run.process;
  if (!leader || groupOf(run).length === 0) return false;
  try {
    process.kill(process.platform === "win32" ? leader.pid : -leader.pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

/** Processes of the run that live, wherever they have gone. Sessions of their own are seen on Linux only. */
export function leftoversOf(run: RunOfProcesses): { pid: number; command: string }[] {
  const pids = new Set([...groupOf(run).map(({ pid }) => pid), ...processesWithVariable(RUN_VARIABLE, run.id)]);
  return [...pids]
    .filter((pid) => pid !== process.pid && processEntry(pid)?.isZombie === false)
    .sort((a, b) => a - b)
    .map((pid) => ({ pid, command: commandOf(pid).slice(0, 400) }));
}
