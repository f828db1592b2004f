/** The view “Runs”: what ran, the newest first; that of other folders below. */
import * as vscode from "vscode";
import type { BrokenRun, Run } from "../../../runner/src/runs.js";
import type { RunStore } from "./runStore.js";
import { formatAgo, formatMib } from "./model/format.js";
import { durationOf, nameOf, outcomeOf } from "./view/words.js";

export const historyViewId = "hfPreflight.runsView";

type Row = { readonly kind: "run"; readonly run: Run } | { readonly kind: "others"; readonly runs: readonly Run[] } | { readonly kind: "broken"; readonly broken: BrokenRun };

export class HistoryTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Row>;
  readonly #subscriptions: vscode.Disposable[];
  #looking: vscode.Disposable | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly store: RunStore) {
    this.#view = vscode.window.createTreeView<Row>(historyViewId, { treeDataProvider: this, canSelectMany: true, showCollapseAll: false });
    this.#subscriptions = [
      this.#changed,
      this.#view,
      store.onDidChange(() => this.#changed.fire(undefined)),
      this.#view.onDidChangeVisibility(({ visible }) => this.#look(visible)),
    ];
    this.#look(this.#view.visible);
  }

  getChildren(row?: Row): Row[] {
    if (row?.kind === "others") return row.runs.map((run) => ({ kind: "run", run }));
    if (row) return [];
    const folders = new Set(vscode.workspace.workspaceFolders?.map(({ uri }) => uri.fsPath));
    const isHere = ({ record }: Run): boolean => record.workspace !== null && folders.has(record.workspace);
    const others = this.store.runs.filter((run) => !isHere(run));
    return [
      ...this.store.runs.filter(isHere).map((run): Row => ({ kind: "run", run })),
      ...(others.length > 0 ? [{ kind: "others", runs: others } as const] : []),
      ...this.store.broken.map((broken): Row => ({ kind: "broken", broken })),
    ];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    switch (row.kind) {
      case "run":
        return runItem(row.run);
      case "others": {
        const item = new vscode.TreeItem(vscode.l10n.t("Other folders"), vscode.TreeItemCollapsibleState.Collapsed);
        item.id = "others";
        item.description = String(row.runs.length);
        return item;
      }
      case "broken": {
        const item = new vscode.TreeItem(nameOf(row.broken.dir));
        item.description = vscode.l10n.t("can't be read");
        item.tooltip = row.broken.reason;
        item.iconPath = new vscode.ThemeIcon("warning");
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
    this.#looking = visible ? this.store.view() : undefined;
  }
}

const icons = {
  running: new vscode.ThemeIcon("sync~spin", new vscode.ThemeColor("charts.blue")),
  finished: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
  failed: new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed")),
  stopped: new vscode.ThemeIcon("debug-stop"),
  lost: new vscode.ThemeIcon("question", new vscode.ThemeColor("charts.yellow")),
};

function runItem(run: Run): vscode.TreeItem {
  const { record, state } = run;
  const now = new Date();
  const item = new vscode.TreeItem(nameOf(record.script));
  item.id = record.id;
  const peak = record.peakMemoryMib === null ? undefined : formatMib(record.peakMemoryMib);
  const outcome = state === "finished" ? undefined : state;
  const duration = state === "running" ? undefined : durationOf(run, now);
  item.description = [record.smoke ? "smoke" : undefined, outcome, duration, peak, formatAgo(new Date(record.started), now), record.args.join(" ")].filter((part) => part !== undefined && part !== "").join(" · ");
  item.iconPath = icons[state];
  item.contextValue = state === "running" ? "run.live" : "run.ended";
  const tooltip = [`${record.script}`, record.args.join(" "), [state, outcomeOf(run)].filter(Boolean).join(", "), new Date(record.started).toLocaleString(), peak === undefined ? "" : `peak GPU memory ${peak}`];
  item.tooltip = tooltip.filter((line) => line !== "").join("\n");
  item.accessibilityInformation = { label: `${nameOf(record.script)}, ${state}, ${item.description}` };
  item.command = { command: "hfPreflight.showRun", title: vscode.l10n.t("Show Run"), arguments: [record.id] };
  return item;
}

/** The run of a row that a menu was opened on. */
export function runOfRow(row: unknown): Run | undefined {
  const known = row as Row | undefined;
  return known?.kind === "run" ? known.run : undefined;
}
