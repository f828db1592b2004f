/** From the lines of a run's files to charts. */
import { describe, expect, it } from "vitest";
import { Chart } from "../../client/src/panel/model/charts.js";
import { chartOfMetric } from "../../client/src/panel/model/metricCharts.js";
import { RunCurves } from "../../client/src/panel/model/runCurves.js";
import { largestCurve } from "../../client/src/panel/model/thinnedCurve.js";
import { gpuLine, start, time } from "./support/lines.js";

const curves = (gpus: string[] = []): RunCurves => new RunCurves(new Date(start), gpus);

describe("the memory chart", () => {
  it("has the GPU, the run, the total, and no zero where nothing is known", () => {
    const run = curves();
    run.addGpu(gpuLine(0, { used: 500, run: null }));
    run.addGpu(gpuLine(1, { used: 1_500, run: 1_000 }));
    run.addGpu(gpuLine(2, { used: null, run: null }));
    run.addGpu(gpuLine(3, { used: 2_500, run: 2_000 }));
    const [memory] = run.charts();
    expect(memory).toMatchObject({ id: "memory", unit: "MiB", axis: "seconds", total: 80_000 });
    expect(memory?.curves.map(({ id, label, points }) => [id, label, points.y])).toEqual([
      ["GPU-0", "whole GPU", [500, 1_500, null, 2_500]],
      ["run", "this run", [1_000, null, 2_000]],
    ]);
  });

  it("holds only the chosen GPUs, and says when a figure is a difference", () => {
    const run = curves(["GPU-1"]);
    run.addGpu(gpuLine(0, { used: 500, run: 10, how: "baseline", gpus: 3 }));
    const [memory] = run.charts();
    expect(memory?.curves.map(({ label }) => label)).toEqual(["this run", "GPU 1"]);
    expect(memory?.note).toMatch(/difference to what was used at launch/u);
  });

  it("has a gap where sampling paused", () => {
    const run = curves();
    run.addGpu(gpuLine(0, { used: 500, run: 100 }));
    run.addGpu({ t: time(1), gap: "disk full" });
    run.addGpu(gpuLine(2, { used: 700, run: 300 }));
    expect(run.charts()[0]?.curves[0]?.points.y).toEqual([100, null, 300]);
  });

  it("marks what happened, whether it came before the first sample or after", () => {
    const run = curves();
    run.addMetric({ t: time(0), kind: "event", event: "start" });
    run.addGpu(gpuLine(1, { used: 500, run: 100 }));
    run.addMetric({ t: time(5), kind: "event", event: "first step" });
    run.addMetric({ t: time(9), kind: "event", event: "evaluation" });
    expect(run.charts()[0]?.marks).toEqual([
      { x: 0, kind: "start" },
      { x: 5, kind: "first step" },
      { x: 9, kind: "evaluation" },
    ]);
  });
});

describe("the charts of figures", () => {
  it("put training and evaluation loss together, against steps", () => {
    const run = curves();
    run.addMetric({ t: time(1), kind: "metrics", step: 10, epoch: 0.1, values: { loss: 2.5, learning_rate: 5e-5, epoch: 0.1 } });
    run.addMetric({ t: time(2), kind: "metrics", step: 10, epoch: 0.1, values: { eval_loss: 2.4, eval_accuracy: 0.5, eval_runtime: 3, eval_samples_per_second: 9 } });
    run.addMetric({ t: time(3), kind: "metrics", step: 20, epoch: 0.2, values: { loss: 2.1, learning_rate: 4e-5 } });
    expect(run.charts().map(({ id, axis, curves: all }) => [id, axis, all.map(({ label, points }) => [label, points.x, points.y])])).toEqual([
      ["loss", "step", [["training", [10, 20], [2.5, 2.1]], ["evaluation", [10], [2.4]]]],
      ["learning_rate", "step", [["learning rate", [10, 20], [5e-5, 4e-5]]]],
      ["scores", "step", [["eval_accuracy", [10], [0.5]]]],
    ]);
  });

  it("go by epochs where no step is known", () => {
    const run = curves();
    run.addMetric({ t: time(1), kind: "metrics", epoch: 0.5, values: { loss: 2 } });
    expect(run.charts()[0]).toMatchObject({ axis: "epoch" });
    expect(run.charts()[0]?.curves[0]?.points.x).toEqual([0.5]);
  });

  it.each([
    ["loss", "loss"],
    ["eval_loss", "loss"],
    ["eval_f1", "scores"],
    ["mean_token_accuracy", "scores"],
    ["grad_norm", "metric:grad_norm"],
    ["eval_perplexity", "metric:perplexity"],
    ["eval_runtime", undefined],
    ["train_steps_per_second", undefined],
    ["epoch", undefined],
  ])("%s goes to %s", (name, chart) => {
    expect(chartOfMetric(name)?.chart).toBe(chart);
  });
});

describe("what changes", () => {
  it("is all at first, then single points, then nothing", () => {
    const run = curves();
    run.addGpu(gpuLine(0, { used: 500, run: 100 }));
    expect(run.takeChange().kind).toBe("all");
    run.addGpu(gpuLine(1, { used: 600, run: 200 }));
    expect(run.takeChange()).toEqual({
      kind: "points",
      points: [
        ["memory", "run", 1, 200],
        ["memory", "GPU-0", 1, 600],
        ["host", "host", 1, 16_000],
      ],
    });
    expect(run.takeChange()).toEqual({ kind: "none" });
  });

  it("is the same in the panel, whether it came whole or point by point", () => {
    const run = curves();
    run.addGpu(gpuLine(0, { used: 500, run: 100 }));
    run.takeChange();
    const sent = Chart.from(JSON.parse(JSON.stringify(run.charts()[0])) as never);
    for (let second = 1; second < 5_000; second++) {
      run.addGpu(gpuLine(second, { used: 500 + (second % 977), run: 100 }));
      const change = run.takeChange();
      if (change.kind === "points") for (const [chart, curve, x, y] of change.points) if (chart === "memory") sent.curves.get(curve)?.points.push(x, y);
    }
    expect(sent.state()).toEqual(run.charts()[0]);
    expect(sent.curves.get("run")?.points.points().x.length).toBeLessThanOrEqual(largestCurve + 3);
  });
});
