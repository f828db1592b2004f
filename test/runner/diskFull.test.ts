/** A disk that is full, and one that has room again. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { LinesFile } from "../../runner/src/linesFile.js";
import { readRun } from "../../runner/src/runs.js";
import { stopRun } from "../../runner/src/stop.js";
import { ended, gpuLines, metricLines, printed, python, RunsFolder, until } from "./support/runs.js";

/** A file system of its own, of this many KiB; undefined where this user may not make one. */
function smallDisk(path: string, kib: number): boolean {
  mkdirSync(path, { recursive: true });
  if (process.platform !== "linux" || spawnSync("mount", ["-t", "tmpfs", "-o", `size=${kib}k`, "hf-preflight-test", path]).status !== 0) return false;
  onTestFinished(() => void spawnSync("umount", ["-l", path]));
  return true;
}

function fillUp(path: string): void {
  const { bavail, bsize } = statfsSync(path);
  writeFileSync(join(path, "filler"), Buffer.alloc(bavail * bsize));
  expect(statfsSync(path).bavail).toBe(0);
}

const mayMount = process.platform === "linux" && process.getuid?.() === 0 && canMount();

function canMount(): boolean {
  return spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
}

/** Prints nothing, so that the full disk is none of its business. */
const quiet = "import os, sys, time\nprint('ready')\nwhile not os.path.exists('go'): time.sleep(0.02)\nsys.exit(5)";

describe.skipIf(!mayMount)("on a small disk of its own (needs the right to mount one)", () => {
  test("the curve pauses and says since when, the script goes on, and the curve goes on when there is room", async () => {
    const folder = new RunsFolder();
    expect(smallDisk(folder.runs, 256)).toBe(true);
    const run = await folder.start(quiet, { intervalMs: 20 });
    await printed(run, "ready");
    await until("samples", () => gpuLines(run).length > 3);
    fillUp(folder.runs);
    const paused = await until("the pause", async () => (await readRun(run.dir)).record.paused);
    expect(paused.reason).toBe("Nothing could be recorded: the disk is full.");
    expect(Date.parse(paused.since)).toBeGreaterThan(Date.parse(run.record.started));
    const samples = gpuLines(run).length;
    expect(await readRun(run.dir)).toMatchObject({ state: "running", supervised: true });
    rmSync(join(folder.runs, "filler"));
    await until("more samples", () => gpuLines(run).length > samples + 3);
    await until("the end of the pause", async () => (await readRun(run.dir)).record.paused === null);
    expect(gpuLines(run)).toContainEqual({ t: paused.since, gap: "Nothing could be recorded: the disk is full." });
    folder.write("go", "");
    expect(await ended(run)).toMatchObject({ state: "failed", record: { exitCode: 5, paused: null } });
  });

  test("how the run ended is written on a full disk", async () => {
    const folder = new RunsFolder();
    expect(smallDisk(folder.runs, 256)).toBe(true);
    const run = await folder.start(quiet, { intervalMs: 20 });
    await printed(run, "ready");
    await until("samples", () => gpuLines(run).length > 3);
    fillUp(folder.runs);
    await until("the pause", async () => (await readRun(run.dir)).record.paused !== null);
    folder.write("go", "");
    expect(await ended(run)).toMatchObject({ state: "failed", record: { exitCode: 5, signal: null } });
  });

  test("it can be stopped although the request can't be written", async () => {
    const folder = new RunsFolder();
    expect(smallDisk(folder.runs, 256)).toBe(true);
    const run = await folder.start(quiet, { intervalMs: 20 });
    await printed(run, "ready");
    fillUp(folder.runs);
    expect(await stopRun(run.dir, "kill", "test")).toEqual({ kind: "asked" });
    expect((await ended(run)).record.signal).toBe("SIGKILL");
  });

  test("a run that can't be recorded doesn't begin, and says why", async () => {
    const folder = new RunsFolder();
    expect(smallDisk(folder.runs, 64)).toBe(true);
    fillUp(folder.runs);
    await expect(folder.start(quiet)).rejects.toThrow(/can't be (?:recorded|kept) in .*: the disk is full\.$/u);
  });
});

test.skipIf(process.platform !== "linux")("a limit on the size of files pauses and resumes the same way", async () => {
  const folder = new RunsFolder();
  const run = await folder.start(quiet, { intervalMs: 5 });
  await printed(run, "ready");
  const gpu = join(run.dir, "gpu.jsonl");
  // Beyond what the record takes.
  await until("samples", () => existsSync(gpu) && statSync(gpu).size > 20_000);
  const limit = (bytes: number | "none"): void => {
    const soft = bytes === "none" ? "hard" : String(bytes);
    const program = `import resource as r; hard = r.prlimit(${run.record.supervisor.pid}, r.RLIMIT_FSIZE)[1]; r.prlimit(${run.record.supervisor.pid}, r.RLIMIT_FSIZE, (${soft}, hard))`;
    execFileSync(python, ["-c", program]);
  };
  limit(20_000);
  const paused = await until("the pause", async () => (await readRun(run.dir)).record.paused);
  expect(paused.reason).toBe("Nothing could be recorded: the file size limit is reached.");
  limit("none");
  await until("the end of the pause", async () => (await readRun(run.dir)).record.paused === null);
  expect(gpuLines(run)).toContainEqual({ t: paused.since, gap: paused.reason });
  folder.write("go", "");
  expect(await ended(run)).toMatchObject({ state: "failed", record: { exitCode: 5 } });
  expect(metricLines(run).at(-1)).toMatchObject({ event: "end" });
});

describe("a file of lines", () => {
  test("is made again when somebody has removed it, and not without its folder", () => {
    const folder = new RunsFolder();
    mkdirSync(folder.runs);
    const path = join(folder.runs, "x.jsonl");
    const file = new LinesFile(path, 0);
    expect(file.append({ a: 1 })).toEqual({ kind: "written" });
    rmSync(path);
    expect(file.append({ a: 2 }, { a: 3 })).toEqual({ kind: "written" });
    expect(readFileSync(path, "utf8")).toBe('{"a":2}\n{"a":3}\n');
    rmSync(folder.runs, { recursive: true });
    expect(file.append({ a: 4 })).toEqual({ kind: "gone" });
    expect(existsSync(folder.runs)).toBe(false);
    file.close();
  });

  test.skipIf(!mayMount)("never holds half a line, and waits with as many as it was told to", () => {
    const folder = new RunsFolder();
    expect(smallDisk(folder.runs, 16)).toBe(true);
    const path = join(folder.runs, "x.jsonl");
    const file = new LinesFile(path, 2);
    const line = (n: number): object => ({ n, text: "x".repeat(1_500) });
    let n = 0;
    while (file.append(line(n)).kind === "written") n++;
    expect(n).toBeGreaterThan(5);
    expect(file.append(line(n + 1))).toEqual({ kind: "no room", reason: "the disk is full" });
    expect(file.append(line(n + 2))).toEqual({ kind: "no room", reason: "the disk is full" });
    const numbers = (): number[] => readFileSync(path, "utf8").trim().split("\n").map((text) => (JSON.parse(text) as { n: number }).n);
    expect(numbers()).toEqual(Array.from({ length: n }, (_, index) => index));
    spawnSync("mount", ["-o", "remount,size=64k", folder.runs]);
    expect(file.append()).toEqual({ kind: "written" });
    expect(numbers().slice(n)).toEqual([n + 1, n + 2]);
    file.close();
  });
});
