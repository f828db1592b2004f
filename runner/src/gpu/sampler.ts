/** Watches the GPUs with two long-lived nvidia-smi processes: one says how the GPUs are, one who uses them. */
import type { GpuState } from "./model.js";

export interface GpuSamplerOptions {
  /** How nvidia-smi is called; `["nvidia-smi"]` by default. */
  readonly command?: readonly string[];
  readonly intervalMs: number;
  /** Called once per round, and when something changes for the worse. */
  onState(state: GpuState): void;
}

export class GpuSampler {
  constructor(private readonly options: GpuSamplerOptions) {}

  start(): void {
    this.options.onState({ kind: "unavailable", at: new Date().toISOString(), reason: "failed", message: "Sampling is not built yet." });
  }

  /** Resolves when both processes are gone. */
  async stop(): Promise<void> {
    await Promise.resolve();
  }
}
