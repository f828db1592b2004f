/** Stopping: what each word does, to the script and to all that it has started. */
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRun } from "../../runner/src/runs.js";
import { stopRun, waitUntilGone } from "../../runner/src/stop.js";
import { ended, isDead, logOf, numberPrinted, printed, RunsFolder, until } from "./support/runs.js";

const stubborn = `
import signal, time
def told(number, frame): print("got", signal.Signals(number).name)
signal.signal(signal.SIGINT, told)
signal.signal(signal.SIGTERM, told)
print("ready")
while True: time.sleep(0.05)
`;

test("an interrupt lets the script save, and its exit code is kept", async () => {
  const folder = new RunsFolder();
  const run = await folder.start(`
import sys, time
try:
    print("ready")
    time.sleep(600)
except KeyboardInterrupt:
    open("checkpoint", "w").write("saved")
    sys.exit(7)
`);
  await printed(run, "ready");
  expect(await stopRun(run.dir, "interrupt", "editor")).toEqual({ kind: "asked" });
  expect(await ended(run)).toMatchObject({ state: "stopped", record: { exitCode: 7, signal: null }, stops: [{ how: "interrupt", by: "editor" }] });
  expect(existsSync(join(folder.path, "checkpoint"))).toBe(true);
});

test("nothing escalates by itself: each word is one signal, and the third ends it", async () => {
  const run = await new RunsFolder().start(stubborn);
  await printed(run, "ready");
  await stopRun(run.dir, "interrupt", "editor");
  await printed(run, "got SIGINT");
  expect(await waitUntilGone(run.dir, 300)).toBe(false);
  expect((await readRun(run.dir)).state).toBe("running");
  await stopRun(run.dir, "terminate", "editor");
  await printed(run, "got SIGTERM");
  await stopRun(run.dir, "kill", "terminal");
  expect(await waitUntilGone(run.dir, 30_000)).toBe(true);
  const last = await ended(run);
  expect(last).toMatchObject({ state: "stopped", record: { signal: "SIGKILL" } });
  expect(last.stops.map(({ how, by }) => `${how} ${by}`)).toEqual(["interrupt editor", "terminate editor", "kill terminal"]);
  expect(logOf(run).match(/got/gu)).toHaveLength(2);
});

test("workers and their workers go with the script, those that ignore an interrupt by the third word", async () => {
  const run = await new RunsFolder().start(`
import multiprocessing, os, signal, time
def loader():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print("grandchild", os.getpid())
    time.sleep(600)
def rank():
    print("child", os.getpid())
    worker = multiprocessing.get_context("fork").Process(target=loader)
    worker.start()
    worker.join()
if __name__ == "__main__":
    process = multiprocessing.get_context("fork").Process(target=rank)
    process.start()
    process.join()
`);
  const pids = [await numberPrinted(run, "child"), await numberPrinted(run, "grandchild"), run.record.process?.pid ?? 0];
  await stopRun(run.dir, "interrupt", "test");
  await stopRun(run.dir, "kill", "test");
  expect(await waitUntilGone(run.dir, 30_000)).toBe(true);
  expect(pids.map(isDead)).toEqual([true, true, true]);
  expect(await ended(run)).toMatchObject({ state: "stopped", record: { leftovers: [] } });
});

test("torchrun's workers have sessions of their own: an interrupt is passed on to them, and a kill reaches them all the same", async () => {
  const workers = `
import os, signal, subprocess, sys, time
code = "import os, signal, time; signal.signal(2, lambda n, f: print('worker got', n, flush=True)); print('worker', os.getpid(), flush=True)\\nwhile True: time.sleep(0.05)"
worker = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
signal.signal(signal.SIGINT, lambda n, f: os.killpg(worker.pid, n))
while True: time.sleep(0.05)
`;
  const run = await new RunsFolder().start(workers);
  const pid = await numberPrinted(run, "worker");
  await stopRun(run.dir, "interrupt", "test");
  await printed(run, "worker got 2");
  expect(await stopRun(run.dir, "kill", "test")).toEqual({ kind: "asked" });
  expect(await waitUntilGone(run.dir, 30_000)).toBe(true);
  await until("the worker's end", () => isDead(pid));
  expect(await ended(run)).toMatchObject({ state: "stopped", record: { leftovers: [] } });
});

test("what has ended can't be stopped, and says so without a request", async () => {
  const run = await new RunsFolder().finish("print('done')");
  expect(await stopRun(run.dir, "interrupt", "test")).toEqual({ kind: "gone" });
  expect(await readRun(run.dir)).toMatchObject({ state: "finished", stops: [] });
  expect(await waitUntilGone(run.dir, 0)).toBe(true);
});

test.skipIf(process.getuid?.() === 0)("a folder that can't be written doesn't keep it from being stopped", async () => {
  const run = await new RunsFolder().start(stubborn);
  await printed(run, "ready");
  chmodSync(run.dir, 0o500);
  expect(await stopRun(run.dir, "kill", "test")).toEqual({ kind: "asked" });
  expect(await waitUntilGone(run.dir, 30_000)).toBe(true);
  chmodSync(run.dir, 0o700);
});
