/** The machine's processes, as far as it says: `/proc` on Linux, `ps` on macOS. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Differs from that of any other process that has had or will have this number, also after the machine has been restarted. */
  readonly startTime: string;
  /** It has ended, and whoever started it hasn't asked how. */
  readonly isZombie: boolean;
}

/** Undefined where there is none. */
export function processEntry(pid: number): ProcessEntry | undefined {
  if (process.platform === "linux") return fromProc(pid);
  return process.platform === "win32" ? undefined : fromPs(["-p", String(pid)])[0];
}

export function allProcesses(): ProcessEntry[] {
  if (process.platform === "win32") return [];
  if (process.platform !== "linux") return fromPs(["-ax"]);
  return processNumbers().flatMap((pid) => fromProc(pid) ?? []);
}

/** Those whose environment has this variable. Only Linux tells, and only of one's own. */
export function processesWithVariable(name: string, value: string): number[] {
  if (process.platform !== "linux") return [];
  return processNumbers().filter((pid) => hasVariable(pid, name, value));
}

/** @returns false where it can't be seen. */
export function hasVariable(pid: number, name: string, value: string): boolean {
  return readOrNothing(`/proc/${pid}/environ`)?.split("\0").includes(`${name}=${value}`) ?? false;
}

/** The command line, for a person to read. */
export function commandOf(pid: number): string {
  if (process.platform === "linux") return readOrNothing(`/proc/${pid}/cmdline`)?.split("\0").join(" ").trim() ?? "";
  return process.platform === "win32" ? "" : ps(["-o", "command=", "-p", String(pid)]).trim();
}

function processNumbers(): number[] {
  return readdirSync("/proc").flatMap((name) => (/^\d+$/u.test(name) ? Number(name) : []));
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function fromProc(pid: number): ProcessEntry | undefined {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The command's name stands in parentheses and may hold any character.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, parent, group] = fields;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    startTime: `${bootId()} ${fields[19] ?? ""}`,
    isZombie: state === "Z" || state === "X",
  };
}

let boot: string | undefined;

/** Start times count from it. */
function bootId(): string {
  return (boot ??= readOrNothing("/proc/sys/kernel/random/boot_id")?.trim() ?? "");
}

function fromPs(selection: readonly string[]): ProcessEntry[] {
  return ps(["-o", "pid=,ppid=,pgid=,state=,lstart=", ...selection])
    .split("\n")
    .flatMap((line) => {
      const [, pid, parent, group, state, startTime] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/u.exec(line) ?? [];
      if (startTime === undefined) return [];
      return { pid: Number(pid), parent: Number(parent), group: Number(group), startTime, isZombie: state?.startsWith("Z") ?? false };
    });
}

function ps(args: readonly string[]): string {
  return spawnSync("ps", args, { encoding: "utf8", env: { PATH: "/bin:/usr/bin", LC_ALL: "C", TZ: "UTC" } }).stdout;
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process has ended meanwhile, or belongs to somebody else.
    return undefined;
  }
}
