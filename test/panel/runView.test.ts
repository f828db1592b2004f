/** What is said of a run, from its record and its files. */
import { describe, expect, it } from "vitest";
import { RunCurves } from "../../client/src/panel/model/runCurves.js";
import { argumentsOf, comparisonOf } from "../../client/src/panel/view/comparison.js";
import { noNews, runViewOf } from "../../client/src/panel/view/runView.js";
import { rerunChange } from "../../client/src/run/rerun.js";
import { gpuLine, start, time } from "./support/lines.js";
import { record, runOf } from "./support/runs.js";

describe("a run in the panel", () => {
  it("is shown by its names, its command as it can be typed", () => {
    const view = runViewOf(runOf(), noNews);
    expect(view).toMatchObject({ name: "train.py", command: "/usr/bin/python3 /home/ada/train.py --name 'two words'", brief: "python3 train.py --name 'two words'" });
  });

  it("has steps per second, or seconds per step where they are fewer", () => {
    const progress = (rate: number): unknown => runViewOf(runOf(), { ...noNews, progress: { t: start, kind: "progress", step: 5, total: 10, rate } }).progress?.rate;
    expect(progress(2.5)).toBe("2.5 steps/s");
    expect(progress(0.25)).toBe("4 s per step");
    expect(progress(0)).toBeNull();
  });

  it.each([
    [runOf({ exitCode: 1 }, { state: "failed" }), "exit code 1"],
    [runOf({ signal: "SIGKILL" }, { state: "failed" }), "ended by SIGKILL"],
    [runOf({}, { state: "lost", reason: "Its folder was removed." }), "Its folder was removed."],
    [runOf({ exitCode: 0 }, { state: "finished" }), null],
  ])("says how it ended: %#", (run, outcome) => {
    expect(runViewOf(run, noNews).outcome).toBe(outcome);
  });

  it("says that the disk is full and since when, and that the script goes on", () => {
    const { warning } = runViewOf(runOf({ paused: { since: time(60), reason: "The disk is full" } }), noNews);
    expect(warning).toMatch(/^The disk is full: the curves are paused since .+\. The script goes on\.$/u);
  });

  it("says that nobody watches any more while the script goes on", () => {
    expect(runViewOf(runOf({}, { supervised: false }), noNews).warning).toMatch(/the curves end here/u);
    expect(runViewOf(runOf({ exitCode: 0 }, { supervised: false, state: "finished" }), noNews).warning).toBeNull();
  });

  it("says why there is no chart of memory: no GPU, none chosen, none seen", () => {
    expect(runViewOf(runOf(), { ...noNews, gap: "nvidia-smi was not found." }).memoryNote).toBe("No chart of GPU memory: nvidia-smi was not found.");
    expect(runViewOf(runOf({ gpuMask: "" }), noNews).memoryNote).toMatch(/uses no GPU/u);
    expect(runViewOf(runOf(), { ...noNews, sampled: true }).memoryNote).toBeNull();
  });

  it("gives the peak with its time, and says when it is a difference", () => {
    const peak = runViewOf(runOf({ peakMemoryMib: 12_595, peakAt: time(245), peakIs: "difference to the baseline at launch" }), noNews).peak;
    expect(peak).toBe("Peak GPU memory 12.3 GiB at 4:05 (sampled, as the difference to the baseline at launch)");
  });
});

describe("a run that is done again", () => {
  it("has the arguments and variables of then, and no secret", () => {
    expect(rerunChange(record)).toEqual({ launcher: "python", args: "--name 'two words'", cwd: "/home/ada", env: "WANDB_MODE=offline", gpus: "all", command: null });
  });

  it("has the GPUs of then", () => {
    const masked = { ...record, env: { CUDA_VISIBLE_DEVICES: "1" }, gpuMask: "1", gpus: ["GPU-1"] };
    expect(rerunChange(masked).gpus).toEqual(["GPU-1"]);
    expect(rerunChange({ ...masked, env: { CUDA_VISIBLE_DEVICES: "" }, gpuMask: "", gpus: [] }).gpus).toBe("none");
  });
});

describe("two runs compared", () => {
  it("arguments are compared by name, however they are written", () => {
    expect(Object.fromEntries(argumentsOf(["train", "--lr=1e-5", "--epochs", "3", "--files", "a", "b", "--fp16", "-n", "-1"]))).toEqual({
      "argument 1": "train",
      "--lr": "1e-5",
      "--epochs": "3",
      "--files": "a b",
      "--fp16": "set",
      "-n": "-1",
    });
  });

  it("what differs is marked, and the curves share a chart", () => {
    const curvesOf = (run: number): RunCurves => {
      const curves = new RunCurves(new Date(start), []);
      curves.addGpu(gpuLine(1, { used: 900, run }));
      return curves;
    };
    const left = { run: runOf({ args: ["--lr", "1"] }), curves: curvesOf(100) };
    const right = { run: runOf({ id: "two", args: ["--lr", "2", "--new"] }), curves: curvesOf(200) };
    const { rows, charts } = comparisonOf(left, right, new Date(time(60)));
    expect(rows.filter(({ differs }) => differs)).toEqual([
      { name: "--lr", left: "1", right: "2", differs: true },
      { name: "--new", left: "–", right: "set", differs: true },
    ]);
    expect(charts[0]?.curves.map(({ label, points }) => [label, points.y])).toEqual([
      ["left", [100]],
      ["right", [200]],
    ]);
  });
});
