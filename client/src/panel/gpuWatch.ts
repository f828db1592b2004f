/** How the GPUs are now, for as long as somebody looks. */
import * as vscode from "vscode";
import type { GpuState } from "../../../runner/src/gpu/model.js";
import { GpuSampler } from "../../../runner/src/gpu/sampler.js";
import { section } from "../settings.js";
import { nvidiaSmi } from "../run/nvidiaSmi.js";

/** Slower than the run's own samples: this is for choosing a GPU, not for a curve. */
const intervalMs = 2_000;

export class GpuWatch implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<GpuState>();
  readonly #settings: vscode.Disposable;
  #viewers = 0;
  #sampler: GpuSampler | undefined;
  #state: GpuState | undefined;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#settings = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.gpu`) && this.#sampler) void this.#stop().then(() => this.#viewers > 0 && this.#start());
    });
  }

  /** The newest state; undefined until the first answer. */
  get state(): GpuState | undefined {
    return this.#state;
  }

  /** Somebody looks until what is returned is disposed. Does nothing in Restricted Mode. */
  view(): vscode.Disposable {
    if (!vscode.workspace.isTrusted) return new vscode.Disposable(() => undefined);
    this.#viewers += 1;
    if (this.#viewers === 1) this.#start();
    return new vscode.Disposable(() => {
      this.#viewers -= 1;
      if (this.#viewers === 0) void this.#stop();
    });
  }

  /** The next answer, when nobody has asked before. */
  async ready(): Promise<GpuState> {
    if (this.#state) return this.#state;
    const view = this.view();
    try {
      return await new Promise<GpuState>((resolve) => {
        const subscription = this.onDidChange((state) => {
          subscription.dispose();
          resolve(state);
        });
      });
    } finally {
      view.dispose();
    }
  }

  /** Resolves when no process of ours asks any more. */
  async dispose(): Promise<void> {
    this.#settings.dispose();
    await this.#stop();
    this.#changed.dispose();
  }

  #start(): void {
    if (this.#sampler) return;
    this.#sampler = new GpuSampler({
      command: nvidiaSmi().command,
      intervalMs,
      onState: (state) => {
        this.#state = state;
        this.#changed.fire(state);
      },
    });
    this.#sampler.start();
  }

  async #stop(): Promise<void> {
    const sampler = this.#sampler;
    this.#sampler = undefined;
    await sampler?.stop();
  }
}
