/** What the run panel holds after an hour of samples, one a second: its model on both sides, without the browser. In a process of its own. */
import { spawnSync } from "node:child_process";
import * as z from "zod";
import { Chart } from "../../client/src/panel/model/charts.js";
import { LogTail } from "../../client/src/panel/model/logTail.js";
import { RunCurves } from "../../client/src/panel/model/runCurves.js";
import type { GpuSample } from "../../runner/src/record.js";
import type { Figure, NotMeasured } from "./figure.js";
import { spreadOf } from "./rounds.js";

const hour = 3_600;
const gpus = 8;

/** MiB, and points of the longest curve. */
const report = z.object({ mib: z.number(), points: z.number() });

function sampleAt(second: number): GpuSample {
  return {
    t: new Date(second * 1000).toISOString(),
    gpus: Array.from({ length: gpus }, (_, index) => ({
      uuid: `GPU-${index}`,
      index,
      name: "NVIDIA H100 80GB HBM3",
      memoryUsedMib: 40_000 + Math.round(9_000 * Math.sin(second / 7 + index)),
      memoryTotalMib: 81_559,
      utilisation: 97,
      temperature: 61,
      power: 650,
      powerLimit: 700,
      problem: null,
    })),
    run: { memoryMib: 320_000, how: "processes" },
    host: { usedMib: 100_000 + second, totalMib: 512_000 },
  };
}

/** Called in the process of its own. */
export function reportPanel(): z.infer<typeof report> {
  const before = heapBytes();
  const curves = new RunCurves(new Date(0), []);
  const tail = new LogTail();
  let page: Chart[] = [];
  for (let second = 1; second <= hour; second++) {
    curves.addGpu(sampleAt(second));
    const t = new Date(second * 1000).toISOString();
    curves.addMetric({ t, kind: "metrics", step: second, epoch: second / 1_000, values: { loss: 1 / second, grad_norm: second % 3, learning_rate: 1e-5 } });
    tail.push(`{'loss': ${1 / second}, 'grad_norm': ${second % 3}, 'learning_rate': 1e-05, 'epoch': ${second / 1_000}}\n\r ${second}/3600 [00:10<00:21, 3.79it/s]`);
    const change = curves.takeChange();
    if (change.kind === "all") page = change.charts.map((state) => Chart.from(state));
    else if (change.kind === "points") for (const [chart, curve, x, y] of change.points) page.find(({ id }) => id === chart)?.curves.get(curve)?.points.push(x, y);
  }
  const mib = (heapBytes() - before) / 2 ** 20;
  const lengths = page.flatMap((chart) => [...chart.curves.values()].map(({ points }) => points.points().x.length));
  // Read after the measurement, so that nothing of it could be collected before.
  if (curves.charts().length === 0 || tail.lines().length === 0) throw new Error("nothing was measured");
  return { mib, points: Math.max(...lengths) };
}

function heapBytes(): number {
  if (!globalThis.gc) throw new Error("run with --expose-gc");
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export function measurePanel(program: string, root: string, rounds: number): (Figure | NotMeasured)[] {
  const name = `memory of the run panel after an hour, ${gpus} GPUs, 1 s`;
  const reports: z.infer<typeof report>[] = [];
  for (let round = 0; round < rounds; round++) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", program, "--root", root, "--report-panel"], { encoding: "utf8" });
    if (status !== 0) return [{ name, reason: /\w*Error: .*/u.exec(stderr)?.[0] ?? "the process failed" }];
    reports.push(report.parse(JSON.parse(stdout)));
  }
  return [{ name, unit: "MiB", ...spreadOf(reports.map(({ mib }) => mib)) }];
}
