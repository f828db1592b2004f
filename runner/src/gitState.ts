/** Which state of its repository a script ran in. Runs git, which reads only. */
import { spawn } from "node:child_process";
import type { RunRecord } from "./record.js";

const MOST_MILLISECONDS = 20_000;
/** Of a diff. Bytes. */
const MOST_DIFF = 1_000_000;

/** No hook, no pager, no program that the repository's configuration names. */
const cautious = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external="];

/** @returns null outside a repository, and where there is no git. */
export async function gitStateOf(folder: string): Promise<RunRecord["git"]> {
  const commit = (await git(folder, ["rev-parse", "--verify", "HEAD"]))?.toString("utf8").trim();
  if (commit === undefined || !/^[0-9a-f]{40,64}$/u.test(commit)) return null;
  const status = await git(folder, ["status", "--porcelain", "--untracked-files=no"]);
  return { commit, dirty: (status?.length ?? 0) > 0 };
}

/** What the work tree has beyond its commit, at most 1 MB of it; empty outside a repository. */
export async function worktreeDiffOf(folder: string): Promise<Buffer> {
  const diff = (await git(folder, ["diff", "--no-ext-diff", "--no-textconv", "--no-color", "HEAD", "--"], MOST_DIFF + 1)) ?? Buffer.alloc(0);
  return diff.length <= MOST_DIFF ? diff : Buffer.concat([diff.subarray(0, MOST_DIFF), Buffer.from("\n[cut after 1 MB]\n")]);
}

/** @returns undefined when git fails, isn't there or takes too long; what was read when that reached `most`. */
function git(folder: string, args: readonly string[], most = 1 << 20): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const child = spawn("git", ["--no-pager", "--no-optional-locks", "-C", folder, ...cautious, ...args], {
      stdio: ["ignore", "pipe", "ignore"],
      timeout: MOST_MILLISECONDS,
      env: { ...process.env, GIT_TERMINAL_PROMPT: "0" },
    });
    const pieces: Buffer[] = [];
    let length = 0;
    child.stdout.on("data", (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length >= most) child.kill();
    });
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 || length >= most ? Buffer.concat(pieces).subarray(0, most) : undefined));
  });
}
