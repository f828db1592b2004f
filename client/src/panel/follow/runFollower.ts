/** Follows the files of one run for as long as somebody looks at it. */
import { stat } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import { join } from "node:path";
import { explainFailure, type Failure } from "../../../../runner/src/output/failure.js";
import { gpuLineSchema, metricLineSchema, type GpuLine, type GpuSample, type MetricLine } from "../../../../runner/src/record.js";
import { runFiles } from "../../../../runner/src/runFiles.js";
import type { Run } from "../../../../runner/src/runs.js";
import { RunCurves } from "../model/runCurves.js";
import type { RunNews } from "../view/runView.js";
import { ActivityWatch } from "./activity.js";
import { GrowingFile } from "./growingFile.js";
import { JsonLines } from "./jsonLines.js";

/** Of the log, in bytes: what is read when somebody begins to look. */
const tailBytes = 256 * 1024;

/** What explains a failure stands at the end. */
const failureTail = 64 * 1024;

/** What runner/python/smoke.py prints for each thing that it changes. */
const smokeChange = /^\[hf-preflight smoke\] (.+)$/gmu;

export class RunFollower {
  readonly curves: RunCurves;
  readonly #gpuFile: GrowingFile;
  readonly #metricsFile: GrowingFile;
  readonly #logFile: GrowingFile;
  readonly #gpuLines = new JsonLines<GpuLine>(gpuLineSchema, (line) => this.#addGpu(line));
  readonly #metricLines = new JsonLines<MetricLine>(metricLineSchema, (line) => this.#addMetric(line));
  readonly #decoder = new StringDecoder("utf8");
  readonly #activity: ActivityWatch;
  #progress: MetricLine | undefined;
  #sample: GpuSample | undefined;
  #gap: string | undefined;
  #sampled = false;
  readonly #changes = new Set<string>();
  #log = "";
  #tail = "";
  /** Losses that were NaN or infinite when they were last logged. */
  #notFinite: readonly string[] = [];
  #failure: Failure | undefined;
  #isExplained = false;
  #begun = false;

  constructor(private run: Run) {
    const { dir, record } = run;
    this.curves = new RunCurves(new Date(record.started), record.gpus);
    this.#activity = new ActivityWatch(new Date(record.started));
    this.#gpuFile = new GrowingFile(join(dir, runFiles.gpu));
    this.#metricsFile = new GrowingFile(join(dir, runFiles.metrics));
    this.#logFile = new GrowingFile(join(dir, runFiles.log));
  }

  /** Reads what is new. Call it one at a time. */
  async read(run: Run): Promise<void> {
    this.run = run;
    if (!this.#begun) await this.#logFile.skipTo(tailBytes);
    this.#begun = true;
    await this.#metricsFile.read((bytes) => this.#metricLines.push(bytes));
    await this.#gpuFile.read((bytes) => this.#gpuLines.push(bytes));
    await this.#logFile.read((bytes) => this.#addLog(bytes));
    await this.#lookAtLog();
    if (run.state !== "running") this.#explain();
  }

  /** What is known now, but for what the script itself has to be asked. */
  news(now: Date): Omit<RunNews, "remedies"> {
    return {
      progress: this.#progress,
      sample: this.#sample,
      gap: this.#gap,
      sampled: this.#sampled,
      failure: this.#failure,
      changes: [...this.#changes],
      hang: this.run.state === "running" ? this.#activity.hang(now) : undefined,
    };
  }

  /** What was written to the log since this was called last. */
  takeLog(): string {
    const text = this.#log;
    this.#log = "";
    return text;
  }

  #addGpu(line: GpuLine): void {
    this.curves.addGpu(line);
    // Samples without a GPU are of the host's memory only: the reason why there is no more stays.
    if ("gap" in line) this.#gap = line.gap;
    else if (line.gpus.length > 0) this.#gap = undefined;
    this.#sample = "gap" in line ? undefined : line;
    if (this.#sample === undefined) return;
    this.#sampled ||= this.#sample.gpus.length > 0;
    this.#activity.sample(this.#sample, this.run.record.gpus);
  }

  #addMetric(line: MetricLine): void {
    this.curves.addMetric(line);
    // The bars of an evaluation or of a dataset are not how far the training is, unless there is nothing else.
    if (line.kind !== "progress") {
      // A gradient norm overflows in the first steps of fp16, and nothing is wrong.
      if (line.kind === "metrics") this.#notFinite = (line.notFinite ?? []).filter((name) => name.includes("loss"));
      if (line.epoch !== undefined && this.#progress) this.#progress = { ...this.#progress, epoch: line.epoch };
      return;
    }
    if (line.bar === "training" || this.#progress === undefined || this.#progress.bar !== "training") {
      const epoch = line.epoch ?? this.#progress?.epoch;
      this.#progress = epoch === undefined ? line : { ...line, epoch };
    }
  }

  #addLog(bytes: Uint8Array): void {
    const text = this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    this.#log = (this.#log + text).slice(-tailBytes);
    this.#tail = (this.#tail + text).slice(-failureTail);
    this.#isExplained = false;
    if (this.run.record.smoke) for (const [, change] of this.#tail.matchAll(smokeChange)) this.#changes.add(change ?? "");
  }

  async #lookAtLog(): Promise<void> {
    if (this.run.state !== "running") return;
    try {
      this.#activity.wrote((await stat(join(this.run.dir, runFiles.log))).mtime);
    } catch (error) {
      // A folder that somebody has removed: the run's state says so.
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }

  #explain(): void {
    if (this.#isExplained || this.run.state === "stopped") return;
    this.#isExplained = true;
    const { exitCode, signal, script } = this.run.record;
    this.#failure = explainFailure({ tail: this.#tail, exitCode, signal, scriptPath: script, notFinite: this.#notFinite });
  }
}
