/** Whoever dies, the run is not lost: parts are killed, at chosen moments and at random ones. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { build } from "esbuild";
import { describe, expect, onTestFinished, test } from "vitest";
import { identityOf } from "../../runner/src/processIdentity.js";
import { processesWithVariable } from "../../runner/src/processTable.js";
import { runRecordSchema, type RunState } from "../../runner/src/record.js";
import { listRuns, readRun } from "../../runner/src/runs.js";
import { stopRun, waitUntilGone } from "../../runner/src/stop.js";
import { randomFrom } from "../support/random.js";
import { dist, ended, gpuLines, isDead, kill, logOf, numberPrinted, printed, python, RunsFolder, supervisor, until } from "./support/runs.js";

/** Counts aloud until it is stopped. */
const counts = `
import itertools, time
for i in itertools.count():
    print("count", i)
    time.sleep(0.02)
`;

/** A process of its own that starts a run and then stays. */
await build({
  stdin: {
    contents: `
      import { planLaunch } from "./runner/src/launch.ts";
      import { startRun } from "./runner/src/start.ts";
      const [script, cwd, interpreter, runs, supervisor] = process.argv.slice(2);
      const plan = planLaunch({ script, args: [], env: {}, baseEnv: process.env, cwd, interpreter, launcher: "python", gpus: "all", knownGpus: [] });
      void startRun(plan, { runs, supervisor, nvidiaSmi: ["/nowhere"], intervalMs: 50 }).then(({ dir }) => { console.log(dir); setInterval(() => undefined, 1000); });
    `,
    resolveDir: join(import.meta.dirname, "..", ".."),
    loader: "ts",
  },
  outfile: join(dist, "starter.js"),
  bundle: true,
  platform: "node",
  format: "cjs",
});

function spawnStarter(script: string, folder: RunsFolder, env: NodeJS.ProcessEnv = {}): ChildProcessByStdio<null, Readable, null> {
  const args = [join(dist, "starter.js"), script, folder.path, python, folder.runs, supervisor];
  const starter = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], detached: true, env: { ...process.env, ...env } });
  onTestFinished(() => kill(starter.pid ?? 0, "SIGKILL"));
  return starter;
}

async function goesOn(run: Parameters<typeof logOf>[0]): Promise<void> {
  const before = logOf(run).length;
  await until("more output", () => logOf(run).length > before);
}

describe("killed with SIGKILL", () => {
  test("who started it: the run goes on with its supervisor and its samples", async () => {
    const folder = new RunsFolder();
    const script = folder.write("train.py", counts);
    const starter = spawnStarter(script, folder);
    const dir = await new Promise<string>((resolve) => starter.stdout.once("data", (line: Buffer) => resolve(line.toString().trim())));
    const run = await readRun(dir);
    // Its whole group, as a terminal's hang-up or the end of an extension host would.
    process.kill(-(starter.pid ?? 0), "SIGHUP");
    process.kill(-(starter.pid ?? 0), "SIGKILL");
    await until("the starter's end", () => isDead(starter.pid ?? 0));
    await goesOn(run);
    const samples = gpuLines(run).length;
    await until("more samples", () => gpuLines(run).length > samples + 2);
    expect(await readRun(dir)).toMatchObject({ state: "running", supervised: true });
  });

  test("the supervisor: the script goes on, is told as unwatched, can be stopped", async () => {
    const run = await new RunsFolder().start(counts);
    process.kill(run.record.supervisor.pid, "SIGKILL");
    await until("the supervisor's end", () => isDead(run.record.supervisor.pid));
    await goesOn(run);
    expect(await readRun(run.dir)).toMatchObject({ state: "running", supervised: false, reason: expect.stringContaining("supervisor is gone") as unknown });
    expect(await stopRun(run.dir, "interrupt", "test")).toEqual({ kind: "asked" });
    expect(await waitUntilGone(run.dir, 30_000)).toBe(true);
    expect(await readRun(run.dir)).toMatchObject({ state: "stopped", record: { ended: null, exitCode: null } });
    expect(logOf(run)).toContain("KeyboardInterrupt");
  });

  test("the supervisor, then the script ends by itself: lost, with the reason", async () => {
    const folder = new RunsFolder();
    const run = await folder.start(`import os, time\nwhile not os.path.exists("go"): time.sleep(0.02)`);
    process.kill(run.record.supervisor.pid, "SIGKILL");
    folder.write("go", "");
    await until("its end", async () => (await readRun(run.dir)).state !== "running");
    expect(await readRun(run.dir)).toMatchObject({ state: "lost", supervised: false, reason: expect.stringMatching(/nobody saw how/u) as unknown });
  });

  test("the supervisor by SIGTERM: it says so, and the script goes on", async () => {
    const run = await new RunsFolder().start(counts);
    process.kill(run.record.supervisor.pid, "SIGTERM");
    await until("the supervisor's end", () => isDead(run.record.supervisor.pid));
    await goesOn(run);
    const now = await readRun(run.dir);
    expect(now.state).toBe("running");
    expect(now.record.problem).toMatch(/ended by SIGTERM; the script went on/u);
  });

  test.each(["SIGHUP", "SIGINT"] as const)("%s doesn't reach the supervisor", async (signal) => {
    const run = await new RunsFolder().start(counts);
    process.kill(run.record.supervisor.pid, signal);
    const samples = gpuLines(run).length;
    await until("more samples", () => gpuLines(run).length > samples + 2);
    expect((await readRun(run.dir)).supervised).toBe(true);
  });

  test("a launcher whose workers live on: they are reported, and can be stopped", async () => {
    const worker = "import time\ntime.sleep(600)";
    const run = await new RunsFolder().start(`
import subprocess, sys, os, signal
worker = subprocess.Popen([sys.executable, "-c", ${JSON.stringify(worker)}])
print("worker", worker.pid)
os.kill(os.getpid(), signal.SIGKILL)
`);
    const pid = await numberPrinted(run, "worker");
    const last = await ended(run);
    expect(last).toMatchObject({ state: "failed", record: { signal: "SIGKILL", leftovers: [{ pid, command: expect.stringContaining("time.sleep(600)") as unknown }] } });
    expect(await stopRun(run.dir, "terminate", "test")).toEqual({ kind: "asked" });
    expect(await waitUntilGone(run.dir, 30_000)).toBe(true);
    // A zombie is gone for us, and not yet for the system: somebody else's child is collected when that one gets to it.
    await until("the worker's end", () => isDead(pid));
    // It failed by itself, whatever was done to what it left behind.
    expect(await readRun(run.dir)).toMatchObject({ state: "failed", stops: [] });
  });

  test.skipIf(process.platform !== "linux")("one that has gone into a session of its own is found and reported", async () => {
    const run = await new RunsFolder().start(`
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print("detached", child.pid)
`);
    const pid = await numberPrinted(run, "detached");
    const last = await ended(run);
    expect(last).toMatchObject({ state: "finished", record: { leftovers: [{ pid }] } });
    expect(isDead(pid)).toBe(false);
    expect(await stopRun(run.dir, "kill", "test")).toEqual({ kind: "gone" });
    kill(pid, "SIGKILL");
  });
});

describe("at random moments", () => {
  const random = randomFrom("kill them all");
  const parts = ["supervisor", "script", "both"] as const;
  const rounds = Array.from({ length: 12 }, (_, index) => ({ index, part: parts[index % parts.length] ?? "both", delay: Math.floor(random() ** 2 * 400) }));

  test.each(rounds)("$index: $part after $delay ms", async ({ part, delay }) => {
    const folder = new RunsFolder();
    const run = await folder.start(counts, { intervalMs: 10 });
    await new Promise((resolve) => setTimeout(resolve, delay)); // The moment is what is tested.
    const { supervisor: watcher, process: script } = run.record;
    if (part !== "script") process.kill(watcher.pid, "SIGKILL");
    if (part !== "supervisor") process.kill(script?.pid ?? 0, "SIGKILL");
    const expected: RunState = part === "supervisor" ? "running" : part === "script" ? "failed" : "lost";
    await until(`the state ${expected}`, async () => (await readRun(run.dir)).state === expected);
    if (part !== "script") await until("the supervisor's end", () => isDead(watcher.pid));
    // Whatever was cut off: every record is whole, every whole line can be read.
    const { runs, broken } = await listRuns(folder.runs);
    expect(broken).toEqual([]);
    expect(runRecordSchema.safeParse(runs[0]?.record).success).toBe(true);
    expect(gpuLines(run).length).toBeGreaterThanOrEqual(0);
    if (part === "supervisor") await goesOn(run);
  });
});

describe("who starts it, killed at random moments", () => {
  const random = randomFrom("before it has begun");
  test.each(Array.from({ length: 8 }, (_, index) => ({ index, delay: Math.floor(random() * 500) })))("$index: after $delay ms there is a whole run or none", async ({ delay }) => {
    const folder = new RunsFolder();
    const starter = spawnStarter(folder.write("train.py", counts), folder, { X_TEST_FOLDER: folder.path });
    await new Promise((resolve) => setTimeout(resolve, delay)); // The moment is what is tested.
    starter.kill("SIGKILL");
    await until("the starter's end", () => isDead(starter.pid ?? 0));
    const run = await until("a whole run, or nobody who could make one", async () => {
      const { runs, broken } = await listRuns(folder.runs);
      expect(broken).toEqual([]);
      const [found] = runs.filter(({ state, record }) => state === "running" && record.process !== null);
      return found ?? (processesWithVariable("X_TEST_FOLDER", folder.path).every(isDead) && "none");
    });
    if (run === "none") expect((await listRuns(folder.runs)).runs.filter(({ state }) => state === "running")).toEqual([]);
    else await goesOn(run);
  });
});

describe("never mistaken for another process", () => {
  test("a number that has been given again is neither alive nor signalled", async () => {
    const folder = new RunsFolder();
    const run = await folder.finish("print('done')");
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], { stdio: "ignore", detached: true });
    onTestFinished(() => kill(stranger.pid ?? 0, "SIGKILL"));
    const other = { pid: stranger.pid ?? 0, startTime: `${identityOf(process.pid).startTime ?? ""}0` };
    writeFileSync(join(run.dir, "run.json"), JSON.stringify({ ...run.record, ended: null, exitCode: null, seconds: null, process: other, supervisor: other }));
    expect(await readRun(run.dir)).toMatchObject({ state: "lost", supervised: false });
    expect(await stopRun(run.dir, "kill", "test")).toEqual({ kind: "gone" });
    expect(isDead(stranger.pid ?? 0)).toBe(false);
    writeFileSync(join(run.dir, "run.json"), JSON.stringify({ ...run.record, ended: null, exitCode: null, seconds: null, process: identityOf(other.pid) }));
    expect(await readRun(run.dir)).toMatchObject({ state: "running", supervised: false });
  });

  test("a run on another machine is neither lost nor stopped from here", async () => {
    const run = await new RunsFolder().finish("print('done')");
    writeFileSync(join(run.dir, "run.json"), JSON.stringify({ ...run.record, host: "node17", ended: null, exitCode: null, seconds: null }));
    expect(await readRun(run.dir)).toMatchObject({ state: "running", reason: "It runs on node17." });
    await expect(stopRun(run.dir, "kill", "test")).rejects.toThrow("is on node17: stop it there.");
  });
});

test("a machine that has got another name meanwhile is still the same one", async () => {
  const run = await new RunsFolder().start(counts);
  writeFileSync(join(run.dir, "run.json"), JSON.stringify({ ...run.record, host: "at-home" }));
  expect(await readRun(run.dir)).toMatchObject({ state: "running", supervised: true, reason: null });
  expect(await stopRun(run.dir, "kill", "test")).toEqual({ kind: "asked" });
  expect(await waitUntilGone(run.dir, 30_000)).toBe(true);
});

describe("the run's folder", () => {
  test("removed while it runs: the script goes on, who knew the run says lost, and it can be stopped", async () => {
    const folder = new RunsFolder();
    const run = await folder.start(`${counts.replace('print("count", i)', 'open("alive", "w").write(str(i))')}`);
    // Its writer may put a file into it while it is being emptied.
    rmSync(run.dir, { recursive: true, maxRetries: 10 });
    const pid = run.record.process?.pid ?? 0;
    const lost = await readRun(run.dir, run);
    expect(lost).toMatchObject({ state: "lost", reason: `Its folder was removed while it ran; the script goes on as process ${pid}.` });
    await expect(readRun(run.dir)).rejects.toThrow(/has no run\.json: it is no run/u);
    rmSync(join(folder.path, "alive"), { force: true });
    await until("a sign of life", () => existsSync(join(folder.path, "alive")));
    expect(isDead(run.record.supervisor.pid)).toBe(false);
    expect(await stopRun(run.dir, "interrupt", "test", run)).toEqual({ kind: "asked" });
    expect(await waitUntilGone(run.dir, 30_000, run)).toBe(true);
    await until("the supervisor's end", () => isDead(run.record.supervisor.pid));
    expect((await listRuns(folder.runs)).runs).toEqual([]);
  });

  test("renamed while it runs: the run is found there", async () => {
    const folder = new RunsFolder();
    const run = await folder.start(counts);
    const moved = `${run.dir}-moved`;
    renameSync(run.dir, moved);
    expect(await readRun(moved)).toMatchObject({ state: "running" });
    await goesOn({ ...run, dir: moved });
    expect(await stopRun(moved, "interrupt", "test")).toEqual({ kind: "asked" });
    expect(await waitUntilGone(moved, 30_000)).toBe(true);
  });

  test("what is no run, or a damaged or newer one, is reported beside the others", async () => {
    const folder = new RunsFolder();
    const run = await folder.finish("print('done')");
    const write = (name: string, text: string): void => {
      mkdirSync(join(folder.runs, name));
      writeFileSync(join(folder.runs, name, "run.json"), text);
    };
    write("half", '{"schema": 1, "id"');
    write("newer", JSON.stringify({ ...run.record, schema: 2 }));
    write("wrong", JSON.stringify({ ...run.record, argv: "python" }));
    writeFileSync(join(folder.runs, "a file"), "");
    const { runs, broken } = await listRuns(folder.runs);
    expect(runs.map(({ record }) => record.id)).toEqual([run.record.id]);
    expect(broken.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/half.*is damaged: it isn't JSON\.$/u),
      expect.stringMatching(/written by a newer HF Preflight: update/u),
      expect.stringMatching(/wrong.*is damaged: argv: /u),
    ]);
    expect((await listRuns(join(folder.path, "nowhere"))).runs).toEqual([]);
  });

  test("the log keeps its lines, whoever else looks: two readers and a stop by each", async () => {
    const run = await new RunsFolder().start(counts);
    await printed(run, "count 3");
    const [one, two] = await Promise.all([stopRun(run.dir, "interrupt", "terminal"), stopRun(run.dir, "interrupt", "editor")]);
    expect([one.kind, two.kind]).toContain("asked");
    const last = await ended(run);
    expect(last.state).toBe("stopped");
    expect(last.stops.map(({ by }) => by)).toEqual(expect.arrayContaining(["terminal"]));
  });
});
