/** How often a sample is kept: every one in the first hours, then fewer, and always the highest. Bounds the curve of a run of weeks. */
import type { GpuSample } from "../record.js";

/** Seconds since the launch -> at most one sample in so many seconds. Of one GPU a day takes about 10 MB. */
const steps = [
  { after: 24 * 3600, every: 10 },
  { after: 2 * 3600, every: 3 },
] as const;

export class SampleRate {
  private highest: GpuSample | undefined;
  private kept = 0;

  /** @returns the sample to write now, if any. */
  take(sample: GpuSample, seconds: number): GpuSample | undefined {
    const every = steps.find(({ after }) => seconds >= after)?.every ?? 0;
    if (!this.highest || heightOf(sample) >= heightOf(this.highest)) this.highest = sample;
    if (seconds - this.kept < every) return undefined;
    this.kept = seconds;
    const { highest } = this;
    this.highest = undefined;
    return highest;
  }
}

function heightOf({ run, gpus }: GpuSample): number {
  return run.memoryMib ?? gpus.reduce((sum, { memoryUsedMib }) => sum + (memoryUsedMib ?? 0), 0);
}
