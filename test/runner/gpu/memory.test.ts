/** Whose memory is whose: the run's, the machine's. */
import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { hostMemory } from "../../../runner/src/gpu/hostMemory.js";
import type { GpuProcess, GpuReading, GpuReadings } from "../../../runner/src/gpu/model.js";
import { ownership } from "../../../runner/src/gpu/processOwnership.js";
import { procFiles, type ProcFiles } from "../../../runner/src/gpu/procFiles.js";
import { runMemory } from "../../../runner/src/gpu/runMemory.js";

const gpu = (uuid: string, memoryUsedMib: number | null): GpuReading => ({
  uuid,
  index: 0,
  name: "a GPU",
  memoryUsedMib,
  memoryTotalMib: 24576,
  utilisation: null,
  temperature: null,
  power: null,
  powerLimit: null,
  problem: null,
});

const user = (pid: number, memoryMib: number | null, more: Partial<GpuProcess> = {}): GpuProcess => ({ gpuUuid: "GPU-a", pid, name: "python", memoryMib, ...more });

const readings = (gpus: readonly GpuReading[], processes: readonly GpuProcess[] | null): GpuReadings => ({ kind: "ok", at: "2026-01-01T00:00:00.000Z", gpus, processes });

describe("a run's memory", () => {
  const isOurs = (pid: number): boolean => pid < 100;
  const baselineMib = { "GPU-a": 400, "GPU-b": 100 };

  it.each<[string, readonly GpuProcess[] | null, ReturnType<typeof runMemory>]>([
    ["is the sum of its processes", [user(1, 1000), user(2, 500), user(500, 9000)], { memoryMib: 1500, how: "processes" }],
    ["is nothing before it uses the GPU", [user(500, 9000)], { memoryMib: 0, how: "processes" }],
    ["is the difference to the baseline where processes aren't known", null, { memoryMib: 600, how: "baseline" }],
    ["is the difference where its processes' memory isn't given", [user(1, null)], { memoryMib: 600, how: "baseline" }],
    ["is the difference where processes have no name, because their numbers are another namespace's", [user(1, 1000, { name: null })], { memoryMib: 600, how: "baseline" }],
    ["leaves out other GPUs", [user(1, 1000), user(2, 70, { gpuUuid: "GPU-b" })], { memoryMib: 1000, how: "processes" }],
  ])("%s", (_, processes, expected) => {
    expect(runMemory({ readings: readings([gpu("GPU-a", 1000), gpu("GPU-b", 5000)], processes), gpus: ["GPU-a"], baselineMib, isOurs })).toEqual(expected);
  });

  it("counts all GPUs where none were chosen, and is never below nothing", () => {
    const question = { readings: readings([gpu("GPU-a", 300), gpu("GPU-b", 5100)], null), gpus: [], baselineMib, isOurs };
    expect(runMemory(question)).toEqual({ memoryMib: 5000, how: "baseline" });
  });

  it("is not known where no figure is", () => {
    const question = { readings: readings([gpu("GPU-a", null)], null), gpus: [], baselineMib, isOurs };
    expect(runMemory(question)).toEqual({ memoryMib: null, how: "baseline" });
  });
});

describe("whose a process is", () => {
  const files = (namespace: string, stats: Record<number, string>): ProcFiles => ({
    link: () => namespace,
    read: (path) => stats[Number(/\d+/u.exec(path)?.[0])],
  });
  const initial = "pid:[4026531836]";
  const stats = { 10: "10 (python) S 1 10 10 0", 11: "11 (a (strange) name) S 10 11 11 0", 12: "12 (x) S 11 12 12 0", 13: "13 (orphan) S 1 10 10 0", 20: "20 (other) S 1 20 20 0" };

  it.each([
    [10, true],
    [11, true],
    [12, true],
    [13, true],
    [20, false],
    [99, false],
  ])("process %d: %s", (pid, expected) => {
    expect(ownership(10, files(initial, stats))(pid)).toBe(expected);
  });

  it("can't be told in a container", () => {
    expect(ownership(10, files("pid:[4026532300]", stats))(11)).toBeUndefined();
  });

  it.runIf(process.platform === "linux")("holds for real processes", async () => {
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
    const initialHere: ProcFiles = { ...procFiles, link: () => initial };
    expect(ownership(process.pid, initialHere)(child.pid ?? 0)).toBe(true);
    expect(ownership(child.pid ?? 0, initialHere)(process.pid)).toBe(false);
    const ended = new Promise((resolve) => child.on("close", resolve));
    child.kill();
    await ended;
  });
});

describe("the host's memory", () => {
  const meminfo = "MemTotal:       65536000 kB\nMemFree:         1000000 kB\nMemAvailable:   49152000 kB\n";
  const files = (more: Record<string, string>): ProcFiles => ({ link: () => undefined, read: (path) => ({ "/proc/meminfo": meminfo, ...more })[path] });

  it("is what can't be given back", () => {
    expect(hostMemory(files({}))).toEqual({ usedMib: 16000, totalMib: 64000 });
  });

  it("is the container's where that has less", () => {
    const container = { "/sys/fs/cgroup/memory.max": "8589934592\n", "/sys/fs/cgroup/memory.current": "5368709120\n", "/sys/fs/cgroup/memory.stat": "anon 1\ninactive_file 1073741824\n" };
    expect(hostMemory(files(container))).toEqual({ usedMib: 4096, totalMib: 8192 });
    expect(hostMemory(files({ ...container, "/sys/fs/cgroup/memory.max": "max\n" }))).toEqual({ usedMib: 16000, totalMib: 64000 });
  });

  it("is known on this machine", () => {
    const { usedMib, totalMib } = hostMemory();
    expect(usedMib).toBeGreaterThan(0);
    expect(totalMib).toBeGreaterThan(usedMib);
  });
});
