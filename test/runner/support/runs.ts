/** Real runs of real scripts, in a folder of their own; nothing of them is left when a test has finished. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { onTestFinished, vi } from "vitest";
import { planLaunch, type LaunchRequest } from "../../../runner/src/launch.js";
import { commandOf, processEntry, processesWithVariable } from "../../../runner/src/processTable.js";
import { gpuLineSchema, metricLineSchema, type GpuLine, type MetricLine } from "../../../runner/src/record.js";
import { RUN_VARIABLE } from "../../../runner/src/runProcesses.js";
import { readRun, type Run } from "../../../runner/src/runs.js";
import { startRun, type StartOptions } from "../../../runner/src/start.js";
import { packageFolder } from "../../support/packageFolder.js";

/** The folder with runner.js. */
export const dist = await packageFolder({ runner: "runner/src/supervisor/main.ts" });
export const supervisor = join(dist, "runner.js");

/** Absolute path of the Python that runs the scripts of the tests. */
export const python = ((): string => {
  const { stdout, status } = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" });
  if (status !== 0) throw new Error("The runner's tests run real scripts: they need Python 3 as python3 on the PATH.");
  return stdout.trim();
})();

/** No nvidia-smi, whatever the machine has. */
export const noNvidiaSmi = [join(dist, "there-is-no-nvidia-smi")];

/** Generous: two cores, shared with everything else. Milliseconds. */
const PATIENCE = 50_000;
vi.setConfig({ testTimeout: 2 * PATIENCE });

/** Asks again and again until the answer is there and not false. @throws when that takes too long */
export async function until<T>(what: string, ask: () => T | Promise<T>): Promise<Exclude<T, undefined | null | false>> {
  for (const end = performance.now() + PATIENCE; ; ) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer as Exclude<T, undefined | null | false>;
    if (performance.now() > end) throw new Error(`Waited in vain: ${what}`);
    await after(20);
  }
}

export type StartWith = Partial<LaunchRequest> & Partial<StartOptions>;

export class RunsFolder {
  readonly path: string;
  readonly runs: string;
  private readonly ids = new Set<string>();

  /** @param name of the folder, below the one for temporary files */
  constructor(name = "hf-preflight-runs-") {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), name)));
    this.runs = join(this.path, "runs");
    onTestFinished(() => this.remove());
  }

  write(name: string, text: string | Buffer): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Starts a script with this text. */
  async start(text: string, { args = [], env = {}, ...rest }: StartWith = {}): Promise<Run> {
    const script = rest.script ?? this.write("train.py", text);
    const plan = planLaunch({ script, args, env, baseEnv: process.env, cwd: this.path, interpreter: python, launcher: "python", gpus: "all", knownGpus: [], ...rest });
    const { id, dir } = await startRun(plan, { runs: this.runs, supervisor, nvidiaSmi: noNvidiaSmi, intervalMs: 100, ...rest });
    this.ids.add(id);
    return readRun(dir);
  }

  /** Runs a script to its end. */
  async finish(text: string, options: StartWith = {}): Promise<Run> {
    return ended(await this.start(text, options));
  }

  /** Of a run that was started otherwise: its processes are looked after as well. */
  adopt(id: string): void {
    this.ids.add(id);
  }

  private remove(): void {
    for (const dir of existsSync(this.runs) ? readdirSync(this.runs) : []) this.ids.add(dir);
    for (const id of this.ids) {
      for (const pid of processesWithVariable(RUN_VARIABLE, id)) kill(pid, "SIGKILL");
      const record = join(this.runs, id, "run.json");
      // Some tests damage the record.
      const [, digits] = /"supervisor": \{\s*"pid": (\d+)/u.exec(existsSync(record) ? readFileSync(record, "utf8") : "") ?? [];
      const pid = Number(digits);
      if (digits !== undefined && /hf-preflight|runner\.js/u.test(commandOf(pid))) kill(pid, "SIGKILL");
    }
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
    return;
  }
}

/** Waits until all is written. */
export async function ended(run: Run): Promise<Run> {
  return until(`the end of ${run.dir}\n${JSON.stringify(run.record)}`, async () => {
    const now = await readRun(run.dir, run);
    return now.state !== "running" && isDead(now.record.supervisor.pid) && now;
  });
}

export function isDead(pid: number): boolean {
  return processEntry(pid)?.isZombie ?? true;
}

export function logOf({ dir }: Run): string {
  return readFileSync(join(dir, "output.log"), "utf8");
}

/** Waits until the script has printed this. */
export async function printed(run: Run, text: string): Promise<void> {
  await until(`"${text}" in the log of ${run.dir}: ${logOf(run).slice(-500)}`, () => logOf(run).includes(text));
}

/** The number that stands behind a word in the log: `child 123`. */
export async function numberPrinted(run: Run, word: string): Promise<number> {
  return until(`"${word} <number>" in the log of ${run.dir}`, () => {
    const [, digits] = new RegExp(`${word} (\\d+)\\n`, "u").exec(logOf(run)) ?? [];
    return digits === undefined ? undefined : Number(digits);
  });
}

export function gpuLines({ dir }: Run): GpuLine[] {
  return linesIn(join(dir, "gpu.jsonl")).map((line) => gpuLineSchema.parse(line));
}

export function metricLines({ dir }: Run): MetricLine[] {
  return linesIn(join(dir, "metrics.jsonl")).map((line) => metricLineSchema.parse(line));
}

/** Whole lines only. */
function linesIn(path: string): unknown[] {
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  return readFileSync(path, "utf8").split("\n").slice(0, -1).map((line) => JSON.parse(line) as unknown);
}

/** Everything that the run's folder holds, as one text. */
export function allTextIn(dir: string): string {
  return readdirSync(dir).map((name) => `${name}\n${readFileSync(join(dir, name), "latin1")}`).join("\n");
}
