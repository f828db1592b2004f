/** Who a process belongs to and what it was started as: for the holders of GPU memory. */
import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";

export interface ProcessOwner {
  readonly user: string;
  readonly command: string;
  /** It runs as this user, who may stop it. */
  readonly own: boolean;
}

/** Of the processes that this system knows. Inside a container those of the host are not among them. */
export async function processOwners(pids: readonly number[]): Promise<ReadonlyMap<number, ProcessOwner>> {
  if (pids.length === 0 || process.platform === "win32") return new Map();
  let stdout = "";
  try {
    // It ends with exit code 1 when one of them is gone, and has listed the others.
    ({ stdout } = await promisify(execFile)("ps", ["-ww", "-o", "pid=,user=,args=", "-p", pids.join(",")]));
  } catch (error) {
    if (error instanceof Error && "stdout" in error && typeof error.stdout === "string") stdout = error.stdout;
  }
  return parseOwners(stdout, userInfo().username);
}

export function parseOwners(output: string, self: string): ReadonlyMap<number, ProcessOwner> {
  const owners = new Map<number, ProcessOwner>();
  for (const line of output.split("\n")) {
    const parts = /^\s*(\d+)\s+(\S+)\s+(.*)$/u.exec(line);
    if (parts === null) continue;
    const user = parts[2] ?? "";
    owners.set(Number(parts[1]), { user, command: parts[3] ?? "", own: user === self });
  }
  return owners;
}
