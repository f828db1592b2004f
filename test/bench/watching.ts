/** What watching a run costs: the supervisor's share of a core while it samples eight GPUs once a second, and the memory that it holds. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { planLaunch } from "../../runner/src/launch.js";
import { readRun } from "../../runner/src/runs.js";
import { startRun } from "../../runner/src/start.js";
import { stopRun, waitUntilGone } from "../../runner/src/stop.js";
import type { Figure, NotMeasured } from "./figure.js";
import { spreadOf } from "./rounds.js";

const windowSeconds = 5;
/** `getconf CLK_TCK` is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;
const name = "watching a run at 1 s, 8 GPUs: supervisor";

/** Prints a bar ten times a second, as a training does. */
const script = `
let step = 0;
setInterval(() => process.stderr.write("\\r " + (step % 100) + "%|#####     | " + (step++) + "/100000 [00:10<01:00, 10.00it/s]"), 100);
`;

/** In shell, so that the stand-in itself costs next to nothing. */
const standIn = `
case "$*" in
  *--query-gpu*) while :; do i=0; while [ $i -lt 8 ]; do
    echo "2026/03/14 09:26:53.000, $i, GPU-0000000$i-1f2e-4a3b-9c8d-0123456789ab, 12000, 81559, 97, 61, 652.10, 700.00, Disabled, NVIDIA H100 80GB HBM3"; i=$((i+1)); done; sleep 1; done;;
  *) while :; do echo "2026/03/14 09:26:53.000, GPU-00000000-1f2e-4a3b-9c8d-0123456789ab, 1, 11000, python"; sleep 1; done;;
esac
`;

export async function measureWatching(root: string, rounds: number): Promise<(Figure | NotMeasured)[]> {
  const supervisor = join(root, "dist", "runner.js");
  if (process.platform !== "linux") return [{ name, reason: "only /proc tells" }];
  if (!existsSync(supervisor)) return [{ name, reason: "dist/runner.js is not built" }];
  const folder = mkdtempSync(join(tmpdir(), "hf-preflight-bench-run-"));
  writeFileSync(join(folder, "train.cjs"), script);
  writeFileSync(join(folder, "nvidia-smi.sh"), standIn);
  const plan = planLaunch({
    script: join(folder, "train.cjs"),
    args: [],
    env: {},
    baseEnv: process.env,
    cwd: folder,
    interpreter: process.execPath,
    launcher: "python",
    gpus: "all",
    knownGpus: [],
  });
  const { dir } = await startRun(plan, { runs: join(folder, "runs"), supervisor, nvidiaSmi: ["/bin/sh", join(folder, "nvidia-smi.sh")] });
  try {
    const { record } = await readRun(dir);
    await after(2_000);
    const shares: number[] = [];
    const memory: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = ticksOf(record.supervisor.pid);
      await after(windowSeconds * 1000);
      shares.push(((ticksOf(record.supervisor.pid) - before) / ticksPerSecond / windowSeconds) * 100);
      memory.push(residentMib(record.supervisor.pid));
    }
    return [
      { name: `${name}'s share of a core`, unit: "%", ...spreadOf(shares) },
      { name: `${name}'s memory`, unit: "MiB", ...spreadOf(memory) },
    ];
  } finally {
    await stopRun(dir, "kill", "bench");
    await waitUntilGone(dir, 10_000);
    for (let tries = 0; tries < 100 && (await readRun(dir)).supervised; tries++) await after(50);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** User and system time. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /u, "").split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

function residentMib(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? Number.NaN) / 1024;
}
