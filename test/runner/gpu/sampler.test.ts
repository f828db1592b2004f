/** The sampler against real processes that stand in for nvidia-smi. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { GpuReadings, GpuState, GpuUnavailable } from "../../../runner/src/gpu/model.js";
import { procFiles } from "../../../runner/src/gpu/procFiles.js";
import { readGpus } from "../../../runner/src/gpu/readGpus.js";
import { GpuSampler, type GpuSamplerOptions } from "../../../runner/src/gpu/sampler.js";
import { standIn } from "../../support/nvidiaSmi/standIn.js";

/** A sampler whose states can be waited for. */
class Watched {
  readonly states: GpuState[] = [];
  private waiting: (() => void)[] = [];
  readonly sampler: GpuSampler;

  constructor(options: Omit<GpuSamplerOptions, "onState">) {
    this.sampler = new GpuSampler({
      ...options,
      onState: (state) => {
        this.states.push(state);
        for (const wake of this.waiting.splice(0)) wake();
      },
    });
    this.sampler.start();
  }

  /** The first state, from now on or before, for which this holds. */
  async until<T extends GpuState>(holds: (state: GpuState) => state is T): Promise<T> {
    for (;;) {
      const found = this.states.find(holds);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}

const open: Watched[] = [];

function watch(machine: string, options: Partial<GpuSamplerOptions> = {}): Watched {
  const watched = new Watched({ command: standIn(machine), intervalMs: 60, restartAfterMs: 20, ...options });
  open.push(watched);
  return watched;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ sampler }) => sampler.stop()));
});

const readings =
  (holds: (state: GpuReadings) => boolean = () => true) =>
  (state: GpuState): state is GpuReadings =>
    state.kind === "ok" && holds(state);

/** Process numbers of living commands that have a word. */
function processesNaming(word: string): string[] {
  return readdirSync("/proc").filter((name) => /^\d+$/u.test(name) && procFiles.read(`/proc/${name}/cmdline`)?.split("\0").includes(word));
}

const unavailable = (state: GpuState): state is GpuUnavailable => state.kind === "unavailable";

describe("watching", () => {
  it("gives whole rounds", async () => {
    const watched = watch("eight");
    const { gpus, processes } = await watched.until(readings((state) => (state.processes?.length ?? 0) === 8));
    expect(gpus.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(processes?.map(({ pid }) => pid)).toEqual([90100, 90101, 90102, 90103, 90104, 90105, 90106, 90107]);
    for (const state of watched.states.filter(readings())) expect(state.gpus).toHaveLength(8);
  });

  it("reads past garbage", async () => {
    const { gpus } = await watch("garbage").until(readings());
    expect(gpus.map(({ memoryUsedMib }) => memoryUsedMib)).toEqual([512, 600]);
  });

  it("sees processes come and go; a silent query means that there are none", async () => {
    const watched = watch("busy-then-free");
    await watched.until(readings((state) => state.processes?.length === 2));
    const one = await watched.until(readings((state) => state.processes?.length === 1));
    await watched.until(readings((state) => state.processes?.length === 0 && watched.states.indexOf(state) > watched.states.indexOf(one)));
    const counts = watched.states.filter(readings()).map((state) => state.processes?.length);
    expect(counts.lastIndexOf(2)).toBeLessThan(counts.indexOf(1));
    expect(counts.lastIndexOf(1)).toBeLessThan(counts.lastIndexOf(0));
  });

  it("doesn't claim that nobody uses a GPU before it can know", async () => {
    const watched = watch("container-blind");
    const first = await watched.until(readings());
    expect(first.processes).toBeNull();
    await watched.until(readings((state) => state.processes?.length === 0));
  });

  it("leaves out a field that an old driver doesn't know", async () => {
    const watched = watch("old-driver");
    const { gpus } = await watched.until(readings());
    expect(gpus).toMatchObject([{ name: "GeForce RTX 2080 Ti", memoryUsedMib: 463, migMode: null }]);
    expect(watched.states.filter(unavailable)).toEqual([]);
  });

  it.each(["lost", "vanished"])("keeps a GPU in sight that falls off the bus (%s)", async (machine) => {
    const { gpus } = await watch(machine).until(readings((state) => state.gpus[2]?.problem !== null));
    expect(gpus.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(gpus[2]).toMatchObject({ memoryUsedMib: null, utilisation: null, memoryTotalMib: 49140, problem: expect.stringContaining("no longer answers") });
    expect(gpus[3]).toMatchObject({ memoryUsedMib: 20003, problem: null });
  });
});

describe("when there is nothing to read", () => {
  it.each([
    ["mismatch", "driver", "driver/library version mismatch"],
    ["no-driver", "driver", "can't reach the NVIDIA driver"],
    ["no-devices", "no GPU", "finds no GPU"],
  ])("says why (%s)", async (machine, reason, words) => {
    const state = await watch(machine).until(unavailable);
    expect(state.reason).toBe(reason);
    expect(state.message).toContain(words);
  });

  it("says that nvidia-smi isn't there", async () => {
    const state = await watch("", { command: ["/nowhere/nvidia-smi"] }).until(unavailable);
    expect(state).toMatchObject({ reason: "no binary", message: expect.stringContaining("/nowhere/nvidia-smi was not found") });
  });

  it("says that a GPU fell off the bus, and starts again", async () => {
    const watched = watch("fell-off");
    expect((await watched.until(unavailable)).message).toContain("fallen off the bus");
    const gone = watched.states.findIndex(unavailable);
    await watched.until((state): state is GpuReadings => state.kind === "ok" && watched.states.indexOf(state) > gone);
  });

  it("starts it again when it dies without a word", async () => {
    const watched = watch("warns-and-dies");
    expect((await watched.until(unavailable)).message).toBe("nvidia-smi ended with exit code 255 and said nothing.");
    await watched.until((state): state is GpuReadings => state.kind === "ok" && watched.states.slice(0, watched.states.indexOf(state)).filter(unavailable).length >= 2);
  });

  it("says once that it hangs, and starts it again", async () => {
    const watched = watch("hang", { hangAfterMs: 4000 });
    const first = await watched.until(unavailable);
    expect(first).toMatchObject({ reason: "timeout", message: expect.stringMatching(/has said nothing for \d+ s/u) });
    await watched.until((state): state is GpuReadings => state.kind === "ok" && watched.states.indexOf(state) > watched.states.indexOf(first));
    const between = watched.states.slice(watched.states.indexOf(first) + 1);
    expect(between[0]?.kind).toBe("ok");
  });

  it.runIf(process.platform === "linux")("stops for good, and leaves no process behind", async () => {
    const mark = `mark-${process.pid}`;
    const watched = watch("eight", { command: [...standIn("eight"), mark] });
    await watched.until(readings());
    expect(processesNaming(mark)).toHaveLength(2);
    await watched.sampler.stop();
    expect(processesNaming(mark)).toEqual([]);
  });

  it.runIf(process.platform === "linux" && existsSync("/usr/bin/setpriv"))("leaves no process behind when its own is killed, though a silent query would never notice", async () => {
    const mark = `orphan-${process.pid}`;
    const folder = await mkdtemp(join(tmpdir(), "sampler-"));
    const bundled = join(folder, "sampler.mjs");
    const source = `import { GpuSampler } from "./runner/src/gpu/sampler.ts";
      new GpuSampler({ command: ${JSON.stringify([...standIn("container-blind"), mark])}, intervalMs: 60, onState: () => console.log("state") }).start();`;
    await build({ stdin: { contents: source, resolveDir: process.cwd() }, bundle: true, platform: "node", format: "esm", outfile: bundled });
    const owner = spawn(process.execPath, [bundled], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => owner.stdout.once("data", resolve));
    expect(processesNaming(mark)).toHaveLength(2);
    const ended = new Promise((resolve) => owner.once("close", resolve));
    owner.kill("SIGKILL");
    await ended;
    await vi.waitFor(() => expect(processesNaming(mark)).toEqual([]), { timeout: 5000 });
    await rm(folder, { recursive: true });
  });
});

describe("one look", () => {
  it("gives GPUs and processes", async () => {
    const state = await readGpus({ command: standIn("one-gpu") });
    expect(state).toMatchObject({ kind: "ok", gpus: [{ memoryUsedMib: 466 }], processes: [] });
  });

  it("leaves out what an old driver doesn't know", async () => {
    expect(await readGpus({ command: standIn("old-driver") })).toMatchObject({ kind: "ok", gpus: [{ name: "GeForce RTX 2080 Ti" }] });
  });

  it.each([
    ["mismatch", "driver"],
    ["no-devices", "no GPU"],
  ])("says why there is nothing (%s)", async (machine, reason) => {
    expect(await readGpus({ command: standIn(machine) })).toMatchObject({ kind: "unavailable", reason });
  });

  it("says that nvidia-smi isn't there, or hangs", async () => {
    expect(await readGpus({ command: ["/nowhere/nvidia-smi"] })).toMatchObject({ kind: "unavailable", reason: "no binary" });
    const hanging = [process.execPath, "-e", "setInterval(() => 0, 1000)", "--"];
    expect(await readGpus({ command: hanging, timeoutMs: 300 })).toMatchObject({ kind: "unavailable", reason: "timeout" });
  });
});
