/** A run's files as they grow, are torn, and go away. */
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Run } from "../../runner/src/runs.js";
import { RunFollower } from "../../client/src/panel/follow/runFollower.js";
import { lastLine } from "../../client/src/panel/follow/lastLine.js";
import { gpuLine, time } from "./support/lines.js";
import { runOf } from "./support/runs.js";

let dir = "";
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), "hf-preflight follower "))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const append = (file: string, ...lines: unknown[]): void => appendFileSync(join(dir, file), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
const run = (changes: Partial<Run> = {}): Run => runOf({}, { dir, ...changes });
const at = new Date(time(100));

describe("a follower", () => {
  it("reads what is there and then what is new, each line once", async () => {
    append("gpu.jsonl", gpuLine(1, { used: 100, run: 50 }), gpuLine(2, { used: 200, run: 150 }));
    append("metrics.jsonl", { t: time(1), kind: "progress", bar: "training", step: 3, total: 10 });
    writeFileSync(join(dir, "output.log"), "hello\n");
    const follower = new RunFollower(run());
    await follower.read(run());
    expect(follower.takeLog()).toBe("hello\n");
    expect(follower.news(at).progress).toMatchObject({ step: 3, total: 10 });
    append("gpu.jsonl", gpuLine(3, { used: 300, run: 250 }));
    appendFileSync(join(dir, "output.log"), "wor");
    await follower.read(run());
    expect(follower.takeLog()).toBe("wor");
    expect(follower.curves.charts()[0]?.curves[0]?.points.y).toEqual([50, 150, 250]);
    await follower.read(run());
    expect(follower.curves.charts()[0]?.curves[0]?.points.y).toEqual([50, 150, 250]);
  });

  it("waits for the rest of a line, leaves out a torn one, and needs no file at all", async () => {
    const follower = new RunFollower(run());
    await follower.read(run());
    const [whole, next] = [JSON.stringify(gpuLine(1, { used: 100, run: 50 })), JSON.stringify(gpuLine(2, { used: 100, run: 60 }))];
    appendFileSync(join(dir, "gpu.jsonl"), whole.slice(0, 40));
    await follower.read(run());
    expect(follower.curves.charts()).toEqual([]);
    appendFileSync(join(dir, "gpu.jsonl"), `${whole.slice(40)}\n${next.slice(0, 30)}\n${next}\n`);
    await follower.read(run());
    expect(follower.curves.charts()[0]?.curves[0]?.points.y).toEqual([50, 60]);
  });

  it("says of a finished run that its loss was no number at the end, and of no other value", async () => {
    const ended = (): Run => runOf({ exitCode: 0 }, { dir, state: "finished" });
    append("metrics.jsonl", { t: time(1), kind: "metrics", values: { loss: 2 }, notFinite: ["grad_norm"] });
    const follower = new RunFollower(ended());
    await follower.read(ended());
    expect(follower.news(at).failure).toBeUndefined();
    append("metrics.jsonl", { t: time(2), kind: "metrics", notFinite: ["loss"] });
    const other = new RunFollower(ended());
    await other.read(ended());
    expect(other.news(at).failure?.kind).toBe("nan-loss");
  });

  it("cuts no character in two", async () => {
    const follower = new RunFollower(run());
    const bytes = Buffer.from("é🤗");
    let text = "";
    for (const byte of bytes) {
      appendFileSync(join(dir, "output.log"), Buffer.from([byte]));
      await follower.read(run());
      text += follower.takeLog();
    }
    expect(text).toBe("é🤗");
  });

  it("reads the end of a long log only, and a log that was emptied from its beginning", async () => {
    writeFileSync(join(dir, "output.log"), `${"x".repeat(99)}\n`.repeat(20_000));
    const follower = new RunFollower(run());
    await follower.read(run());
    expect(follower.takeLog().length).toBeLessThan(300_000);
    truncateSync(join(dir, "output.log"));
    appendFileSync(join(dir, "output.log"), "new\n");
    await follower.read(run());
    expect(follower.takeLog()).toBe("new\n");
  });

  it("keeps the reason why there is no GPU, although the host's memory goes on", async () => {
    append("gpu.jsonl", { t: time(1), gap: "nvidia-smi was not found." }, { ...gpuLine(2, { used: 1, run: null, gpus: 0 }) });
    const follower = new RunFollower(run());
    await follower.read(run());
    expect(follower.news(at)).toMatchObject({ gap: "nvidia-smi was not found.", sampled: false });
    expect(follower.curves.charts().map(({ id }) => id)).toEqual(["host"]);
  });

  it("takes the training's bar for the progress, not the evaluation's", async () => {
    append("metrics.jsonl", { t: time(1), kind: "progress", bar: "other", label: "Map", step: 1, total: 2 });
    const follower = new RunFollower(run());
    await follower.read(run());
    expect(follower.news(at).progress).toMatchObject({ total: 2 });
    append("metrics.jsonl", { t: time(2), kind: "progress", bar: "training", step: 5, total: 100 }, { t: time(3), kind: "progress", bar: "evaluation", step: 7, total: 8 }, { t: time(4), kind: "metrics", step: 5, epoch: 0.5, values: { loss: 1 } });
    await follower.read(run());
    expect(follower.news(at).progress).toMatchObject({ step: 5, total: 100, epoch: 0.5 });
  });

  it("explains a run that failed, and not one that was stopped", async () => {
    writeFileSync(join(dir, "output.log"), 'Traceback (most recent call last):\n  File "/home/ada/train.py", line 3, in <module>\n    import nothing\nModuleNotFoundError: No module named \'nothing\'\n');
    const ended = (state: Run["state"]): Run => runOf({ exitCode: 1, ended: time(9) }, { dir, state });
    const failed = new RunFollower(ended("failed"));
    await failed.read(ended("failed"));
    expect(failed.news(at).failure).toMatchObject({ kind: "missing-module", script: { path: "/home/ada/train.py", line: 3 } });
    const stopped = new RunFollower(ended("stopped"));
    await stopped.read(ended("stopped"));
    expect(stopped.news(at).failure).toBeUndefined();
  });

  it("tells what a smoke run changed", async () => {
    writeFileSync(join(dir, "output.log"), "[hf-preflight smoke] max_steps is 2 instead of -1\n[hf-preflight smoke] nothing is saved\n");
    const smoke = runOf({ smoke: true }, { dir });
    const follower = new RunFollower(smoke);
    await follower.read(smoke);
    expect(follower.news(at).changes).toEqual(["max_steps is 2 instead of -1", "nothing is saved"]);
  });

  it("says after ten silent minutes with an idle GPU that it may hang, and not while the GPU works", async () => {
    for (const utilisation of [0, 90]) {
      rmSync(join(dir, "gpu.jsonl"), { force: true });
      for (let second = 0; second < 700; second += 5) {
        const line = gpuLine(second, { used: 100, run: 50 });
        append("gpu.jsonl", "gpus" in line ? { ...line, gpus: line.gpus.map((gpu) => ({ ...gpu, utilisation })) } : line);
      }
      const follower = new RunFollower(run());
      await follower.read(run());
      expect(follower.news(new Date(time(700))).hang === undefined).toBe(utilisation === 90);
    }
  });
});

it("the newest whole line of a file is found, whatever comes after it", async () => {
  const path = join(dir, "gpu.jsonl");
  expect(await lastLine(path)).toBeUndefined();
  appendFileSync(path, `${JSON.stringify({ n: 1, pad: "x".repeat(40_000) })}\n${JSON.stringify({ n: 2 })}\n{"n":`);
  expect(await lastLine(path)).toEqual({ n: 2 });
});
