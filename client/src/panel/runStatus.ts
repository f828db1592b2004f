/** The figure in the status bar: how far the run is and what memory it holds; only while one is live, or always where somebody wants that. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { gpuLineSchema } from "../../../runner/src/record.js";
import { runFiles } from "../../../runner/src/runFiles.js";
import type { Run } from "../../../runner/src/runs.js";
import { section } from "../settings.js";
import type { GpuWatch } from "./gpuWatch.js";
import { formatMib, formatUsed } from "./model/format.js";
import { lastLine } from "./follow/lastLine.js";
import type { RunStore } from "./runStore.js";
import { durationOf, memoryOf, nameOf } from "./view/words.js";

type Wanted = "whileRunning" | "always" | "never";

export class RunStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("hfPreflight.run", vscode.StatusBarAlignment.Right, 90);
  readonly #subscriptions: vscode.Disposable[];
  #watchingRuns: vscode.Disposable | undefined;
  #watchingGpus: vscode.Disposable | undefined;

  constructor(
    private readonly store: RunStore,
    private readonly gpus: GpuWatch,
  ) {
    this.#item.name = vscode.l10n.t("HF Preflight: Run");
    this.#subscriptions = [
      this.#item,
      store.onDidChange(() => void this.#update()),
      store.onDidTick(() => void this.#update()),
      gpus.onDidChange(() => void this.#update()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${section}.gpu.statusBar`)) this.#begin();
      }),
    ];
    this.#begin();
  }

  /** A run was started here: from now on the figure is kept, until it ends. */
  follow(): void {
    if (wanted() !== "never") this.#watchingRuns ??= this.store.view();
  }

  dispose(): void {
    this.#watchingRuns?.dispose();
    this.#watchingGpus?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #begin(): void {
    this.#watchingGpus?.dispose();
    this.#watchingGpus = wanted() === "always" ? this.gpus.view() : undefined;
    // After a reload of the window: a run may have gone on without it. A machine without runs is left alone.
    if (vscode.workspace.isTrusted && wanted() !== "never") void hasRuns(this.store.folder).then((has) => has && this.follow());
    void this.#update();
  }

  async #update(): Promise<void> {
    const [run] = wanted() === "never" ? [] : this.store.live;
    if (run) {
      const sample = gpuLineSchema.safeParse(await lastLine(join(run.dir, runFiles.gpu)));
      this.#show(run, memoryOf(sample.success ? sample.data : undefined));
      return;
    }
    // Nothing runs any more: nothing to look at, either.
    if (this.store.runs.length > 0) {
      this.#watchingRuns?.dispose();
      this.#watchingRuns = undefined;
    }
    const { state } = this.gpus;
    if (wanted() === "always" && state?.kind === "ok") {
      this.#item.text = `$(circuit-board) ${state.gpus.map((gpu) => formatUsed(gpu.memoryUsedMib, gpu.memoryTotalMib)).join(" | ")}`;
      this.#item.tooltip = vscode.l10n.t("GPU memory in use");
      this.#item.command = "hfPreflight.showRunPanel";
      this.#item.show();
    } else this.#item.hide();
  }

  #show(run: Run, { usedMib, totalMib }: ReturnType<typeof memoryOf>): void {
    const memory = usedMib === null ? "" : totalMib === null ? ` ${formatMib(usedMib)}` : ` ${formatUsed(usedMib, totalMib)}`;
    this.#item.text = `$(pulse) ${nameOf(run.record.script)}${memory}`;
    const lines = [vscode.l10n.t("{0} has been running for {1}", nameOf(run.record.script), durationOf(run, new Date()) ?? ""), run.record.demo ? vscode.l10n.t("The GPU is a demonstration: its figures are made up.") : ""];
    this.#item.tooltip = lines.filter((line) => line !== "").join("\n");
    this.#item.command = { command: "hfPreflight.showRun", title: "", arguments: [run.record.id] };
    this.#item.show();
  }
}

function wanted(): Wanted {
  const value = vscode.workspace.getConfiguration(section).get<unknown>("gpu.statusBar");
  return value === "always" || value === "never" ? value : "whileRunning";
}

async function hasRuns(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch {
    // No folder: nothing has ever run here.
    return false;
  }
}
