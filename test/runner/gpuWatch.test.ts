/** What a run's folder says of the GPUs. */
import { expect, test } from "vitest";
import type { GpuSample } from "../../runner/src/record.js";
import { readRun, type Run } from "../../runner/src/runs.js";
import { stopRun } from "../../runner/src/stop.js";
import { ChangingGpu } from "./support/changingGpu.js";
import { ended, gpuLines, RunsFolder, until } from "./support/runs.js";

const waits = "import time\ntime.sleep(600)";

function samples(run: Run): GpuSample[] {
  return gpuLines(run).flatMap((line) => ("gap" in line || line.gpus.length === 0 ? [] : line));
}

async function sampleOf(run: Run, memoryMib: number): Promise<GpuSample> {
  return until(`a sample of ${memoryMib} MiB`, () => samples(run).find(({ run: { memoryMib: seen } }) => seen === memoryMib));
}

test("the run's memory rises and falls, and its peak is kept with its time", async () => {
  const folder = new RunsFolder();
  const gpu = new ChangingGpu(folder);
  const run = await folder.start(waits, { nvidiaSmi: gpu.command });
  await sampleOf(run, 0);
  for (const used of [5_000, 21_000, 3_000]) {
    gpu.use(used, run.record.process?.pid ?? 0);
    await sampleOf(run, used - 1_000);
  }
  const highest = await sampleOf(run, 20_000);
  expect(highest.gpus).toMatchObject([
    { uuid: "GPU-00000000", index: 0, memoryUsedMib: 21_000, memoryTotalMib: 24_576, utilisation: 90, temperature: 60 },
    { uuid: "GPU-00000001", index: 1, memoryUsedMib: 300 },
  ]);
  expect(highest.host?.totalMib).toBeGreaterThan(100);
  await stopRun(run.dir, "kill", "test");
  const { record } = await ended(run);
  expect(record).toMatchObject({ gpus: ["GPU-00000000", "GPU-00000001"], baselineMib: { "GPU-00000000": 1_000, "GPU-00000001": 300 }, peakMemoryMib: 20_000, peakAt: highest.t });
  expect(record.peakIs).toBe(highest.run.how === "processes" ? "processes" : "difference to the baseline at launch");
});

test("of the GPUs only those that the run sees", async () => {
  const folder = new RunsFolder();
  const run = await folder.start(waits, { nvidiaSmi: new ChangingGpu(folder).command, env: { CUDA_VISIBLE_DEVICES: "1" } });
  const [first] = await until("a sample", () => samples(run).length > 0 && samples(run));
  expect(first?.gpus.map(({ uuid }) => uuid)).toEqual(["GPU-00000001"]);
  expect((await readRun(run.dir)).record.gpus).toEqual(["GPU-00000001"]);
});

test("where processes don't say what they hold, it is the difference to what was in use before, as far as the launch knew", async () => {
  const folder = new RunsFolder();
  const gpu = new ChangingGpu(folder);
  gpu.hideProcesses();
  const run = await folder.start(waits, { nvidiaSmi: gpu.command, baselineMib: { "GPU-00000000": 400, "GPU-00000001": 300 } });
  gpu.use(5_000, run.record.process?.pid ?? 0);
  expect((await sampleOf(run, 4_600)).run.how).toBe("baseline");
  await stopRun(run.dir, "kill", "test");
  const { record } = await ended(run);
  expect(record).toMatchObject({ peakMemoryMib: 4_600, peakIs: "difference to the baseline at launch", baselineMib: { "GPU-00000000": 400, "GPU-00000001": 300 } });
});

test("nvidia-smi that dies leaves a gap with the reason, the machine's memory goes on, and so does the script", async () => {
  const folder = new RunsFolder();
  const gpu = new ChangingGpu(folder);
  const run = await folder.start(waits, { nvidiaSmi: gpu.command });
  await until("a sample", () => samples(run).length > 0);
  gpu.die();
  await until("a gap", () => gpuLines(run).some((line) => "gap" in line));
  await until("the machine's memory after it", () => {
    const last = gpuLines(run).at(-1);
    return last && "gpus" in last && last.gpus.length === 0;
  });
  expect(await readRun(run.dir)).toMatchObject({ state: "running", supervised: true });
});

test("a run that sees no GPU doesn't ask for any", async () => {
  const folder = new RunsFolder();
  const gpu = new ChangingGpu(folder);
  const run = await folder.start(waits, { nvidiaSmi: gpu.command, gpus: "none" });
  await until("samples of the machine", () => gpuLines(run).length > 5);
  expect(gpu.wasAsked).toBe(false);
  expect(gpuLines(run).every((line) => "gpus" in line && line.gpus.length === 0)).toBe(true);
});
