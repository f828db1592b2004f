/** The processes of a run: the group that its script leads, and those that have left it. */
import { codeOf } from "./failedWrite.js";
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

/**
 * Signals the run's process group. A SIGKILL goes to all that descend from it as well: torchrun's workers have sessions of their own and
 * depend on its passing signals on, which it can't do with this one.
 *
 * @returns false when there is nobody left.
 */
export function signalRun(run: RunOfProcesses, signal: NodeJS.Signals): boolean {
  const group = groupOf(run);
  const [first] = group;
  if (!first) return false;
  const others = signal === "SIGKILL" ? descendantsOf(group) : [];
  const wasThere = send(process.platform === "win32" ? first.pid : -first.group, signal);
  for (const { pid, startTime } of others) if (processEntry(pid)?.startTime === startTime) send(pid, signal);
  return wasThere;
}

function descendantsOf(group: readonly ProcessEntry[]): ProcessEntry[] {
  const all = allProcesses();
  const known = new Set(group.map(({ pid }) => pid));
  const found: ProcessEntry[] = [];
  for (let size = -1; size !== found.length; ) {
    size = found.length;
    for (const entry of all) {
      if (known.has(entry.pid) || !known.has(entry.parent)) continue;
      known.add(entry.pid);
      found.push(entry);
    }
  }
  return found;
}

function send(target: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(target, signal);
    return true;
  } catch (error) {
    if (codeOf(error) === "ESRCH") return false;
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
