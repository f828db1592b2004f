/** Samples the run's GPUs and the machine's memory, and keeps the peak. */
import { hostMemory } from "../gpu/hostMemory.js";
import type { GpuReadings, GpuState } from "../gpu/model.js";
import { ownership } from "../gpu/processOwnership.js";
import { runMemory } from "../gpu/runMemory.js";
import { GpuSampler } from "../gpu/sampler.js";
import { visibleGpus } from "../gpuMask.js";
import type { GpuSample } from "../record.js";
import type { RunClock } from "../runClock.js";
import type { Journal } from "./journal.js";
import { SampleRate } from "./sampleRate.js";

export interface GpuWatchOptions {
  readonly command: readonly string[];
  readonly intervalMs: number;
  /** The script's process. */
  readonly root: number;
}

const peakSources = { processes: "processes", baseline: "difference to the baseline at launch" } as const;

export class GpuWatch {
  private readonly sampler: GpuSampler | undefined;
  private readonly isOurs: (pid: number) => boolean | undefined;
  private readonly rate = new SampleRate();
  private timer: NodeJS.Timeout | undefined;
  private lastSample = -Infinity;
  private lastGap = "";

  constructor(
    private readonly options: GpuWatchOptions,
    private readonly journal: Journal,
    private readonly clock: RunClock,
  ) {
    this.isOurs = ownership(options.root);
    // A run that sees no GPU has nothing to sample.
    if (journal.record.gpuMask !== "") {
      this.sampler = new GpuSampler({ command: options.command, intervalMs: options.intervalMs, onState: (state) => this.take(state) });
    }
  }

  start(): void {
    this.sampler?.start();
    this.timer = setInterval(() => this.tick(), this.options.intervalMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sampler?.stop();
  }

  private tick(): void {
    this.journal.retry();
    // Without GPU figures the machine's memory is still worth a curve.
    if (this.clock.seconds() - this.lastSample > (2.5 * this.options.intervalMs) / 1000) this.write([], { memoryMib: null, how: "baseline" });
  }

  private take(state: GpuState): void {
    if (state.kind === "unavailable") {
      if (state.message !== this.lastGap) this.journal.addGpu({ t: this.clock.stamp(), gap: state.message });
      this.lastGap = state.message;
      return;
    }
    this.lastGap = "";
    this.lastSample = this.clock.seconds();
    const gpus = this.gpusOfRun(state);
    const { baselineMib } = this.journal.record;
    const run = runMemory({ readings: state, gpus, baselineMib, isOurs: this.isOurs });
    this.write(state.gpus.filter(({ uuid }) => gpus.length === 0 || gpus.includes(uuid)), run);
  }

  /** UUIDs; empty means all. The first sample says which GPUs the run sees, where the launch didn't know, and what they held before. */
  private gpusOfRun(state: GpuReadings): string[] {
    const { record } = this.journal;
    const visible = visibleGpus(record.gpuMask, state.gpus);
    if (record.gpus.length === 0 && visible.length > 0) this.journal.update({ gpus: visible });
    const gpus = visible.filter((uuid) => state.gpus.some((gpu) => gpu.uuid === uuid));
    const missing = state.gpus.filter(({ uuid, memoryUsedMib }) => record.baselineMib[uuid] === undefined && memoryUsedMib !== null);
    if (Object.keys(record.baselineMib).length === 0 && missing.length > 0) {
      this.journal.update({ baselineMib: Object.fromEntries(missing.map(({ uuid, memoryUsedMib }) => [uuid, memoryUsedMib ?? 0])) });
    }
    return gpus;
  }

  private write(gpus: GpuSample["gpus"], run: GpuSample["run"]): void {
    const t = this.clock.stamp();
    for (const gap of this.clock.takeJumps()) this.journal.addGpu({ t, gap });
    if (run.memoryMib !== null && run.memoryMib > (this.journal.record.peakMemoryMib ?? 0)) {
      this.journal.updatePeak({ peakMemoryMib: run.memoryMib, peakAt: t, peakIs: peakSources[run.how] });
    }
    const kept = this.rate.take({ t, gpus, run, host: hostMemory() }, this.clock.seconds());
    if (kept) this.journal.addGpu(kept);
  }
}
