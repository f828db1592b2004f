/** The view “GPUs”: what each has in use, and who holds it. */
import { freemem, totalmem } from "node:os";
import * as vscode from "vscode";
import type { GpuProcess, GpuReading, GpuState } from "../../../runner/src/gpu/model.js";
import { nvidiaSmi } from "../run/nvidiaSmi.js";
import type { GpuWatch } from "./gpuWatch.js";
import { formatMib, formatUsed } from "./model/format.js";
import { processOwners, type ProcessOwner } from "./processOwners.js";
import type { RunStore } from "./runStore.js";
import { detailOf, nameOf, shortName } from "./view/words.js";

export const gpuViewId = "hfPreflight.gpusView";

type Row =
  | { readonly kind: "gpu"; readonly gpu: GpuReading }
  | { readonly kind: "process"; readonly process: GpuProcess; readonly owner: ProcessOwner | undefined }
  | { readonly kind: "host" }
  | { readonly kind: "text"; readonly text: string; readonly icon: string; readonly detail?: string };

export class GpuTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Row>;
  readonly #subscriptions: vscode.Disposable[];
  #looking: vscode.Disposable | undefined;
  #owners: ReadonlyMap<number, ProcessOwner> = new Map();
  #known = "";

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly gpus: GpuWatch,
    private readonly store: RunStore,
  ) {
    this.#view = vscode.window.createTreeView<Row>(gpuViewId, { treeDataProvider: this });
    this.#subscriptions = [this.#changed, this.#view, gpus.onDidChange((state) => void this.#update(state)), this.#view.onDidChangeVisibility(({ visible }) => this.#look(visible))];
    this.#look(this.#view.visible);
  }

  getChildren(row?: Row): Row[] {
    const { state } = this.gpus;
    if (row?.kind === "gpu") {
      const { processes } = state?.kind === "ok" ? state : { processes: null };
      if (processes === null) return [{ kind: "text", text: vscode.l10n.t("No process is known to use it"), icon: "info" }];
      return processes.filter((each) => each.gpuUuid === row.gpu.uuid).map((process) => ({ kind: "process", process, owner: this.#owners.get(process.pid) }));
    }
    if (row) return [];
    return [...gpuRows(state), { kind: "host" }];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    switch (row.kind) {
      case "gpu":
        return this.#gpuItem(row.gpu);
      case "process":
        return this.#processItem(row.process, row.owner);
      case "host":
        return hostItem();
      case "text": {
        const item = new vscode.TreeItem(row.text);
        item.iconPath = new vscode.ThemeIcon(row.icon);
        item.tooltip = row.detail ?? row.text;
        if (row.detail !== undefined) item.description = row.detail;
        return item;
      }
    }
  }

  dispose(): void {
    this.#looking?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #look(visible: boolean): void {
    this.#looking?.dispose();
    this.#looking = visible ? this.gpus.view() : undefined;
  }

  async #update(state: GpuState): Promise<void> {
    if (!this.#looking) return;
    const pids = state.kind === "ok" ? (state.processes ?? []).map(({ pid }) => pid) : [];
    const known = [...new Set(pids)].sort((a, b) => a - b).join(",");
    // Who they are doesn't change; asked only when there is somebody new.
    if (known !== this.#known) this.#owners = await processOwners(pids);
    this.#known = known;
    this.#changed.fire(undefined);
  }

  #gpuItem(gpu: GpuReading): vscode.TreeItem {
    const item = new vscode.TreeItem(`GPU ${gpu.index} · ${shortName(gpu.name)}`, vscode.TreeItemCollapsibleState.Expanded);
    item.id = gpu.uuid;
    const figures = gpu.problem ?? [formatUsed(gpu.memoryUsedMib, gpu.memoryTotalMib), detailOf(gpu)].filter((part) => part !== "").join(" · ");
    item.description = (nvidiaSmi().demo ? `${vscode.l10n.t("demonstration")} · ` : "") + figures;
    item.tooltip = [gpu.name, gpu.uuid, figures].join("\n");
    item.iconPath = new vscode.ThemeIcon(gpu.problem === null ? "circuit-board" : "warning");
    return item;
  }

  #processItem(holder: GpuProcess, owner: ProcessOwner | undefined): vscode.TreeItem {
    const command = owner?.command ?? holder.name ?? vscode.l10n.t("a process that can't be seen from here");
    const item = new vscode.TreeItem(nameOf(command.split(" ")[0] ?? command));
    const run = this.store.live.find(({ record }) => record.process?.pid === holder.pid);
    const memory = holder.memoryMib === null ? vscode.l10n.t("memory not available") : formatMib(holder.memoryMib);
    item.id = `${holder.gpuUuid} ${holder.pid}`;
    item.description = [memory, owner?.user, run ? vscode.l10n.t("run of {0}", nameOf(run.record.script)) : undefined, `${holder.pid}`].filter((part) => part !== undefined).join(" · ");
    item.tooltip = command;
    item.iconPath = new vscode.ThemeIcon(owner?.own === true ? "account" : "server-process");
    item.contextValue = owner?.own === true ? "process.own" : "process.other";
    return item;
  }
}

function gpuRows(state: GpuState | undefined): Row[] {
  if (state === undefined) return [{ kind: "text", text: vscode.l10n.t("Asking nvidia-smi ..."), icon: "loading~spin" }];
  if (state.kind === "unavailable") return [{ kind: "text", text: vscode.l10n.t("No GPU"), icon: "info", detail: state.message }];
  return state.gpus.map((gpu) => ({ kind: "gpu", gpu }));
}

/** A run that is killed has often used up this one. */
function hostItem(): vscode.TreeItem {
  const total = totalmem() / 2 ** 20;
  const item = new vscode.TreeItem(vscode.l10n.t("Host memory"));
  item.id = "host";
  item.description = formatUsed(total - freemem() / 2 ** 20, total);
  item.iconPath = new vscode.ThemeIcon("server");
  return item;
}

/** The process of a row that a menu was opened on. */
export function processOfRow(row: unknown): { readonly process: GpuProcess; readonly owner: ProcessOwner | undefined } | undefined {
  const known = row as Row | undefined;
  return known?.kind === "process" ? known : undefined;
}
