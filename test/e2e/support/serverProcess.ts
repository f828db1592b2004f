/** The language server as a process: a child of this extension host. */
import { execFileSync } from "node:child_process";

/** Its process id, or undefined when none runs. */
export function serverProcess(): number | undefined {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  for (const row of rows) {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/u.exec(row) ?? [];
    if (Number(parent) === process.pid && args !== undefined && /[\\/]dist[\\/]server\.js/u.test(args)) return Number(pid);
  }
  return undefined;
}
