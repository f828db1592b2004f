/** Runs in the editor area, where there is room: one run, or two beside each other. */
import * as vscode from "vscode";
import type { Run } from "../../../runner/src/runs.js";
import { RunFollower } from "./follow/runFollower.js";
import { pageHtml, webviewOptions } from "./html.js";
import { PanelPage, type PanelPageParts } from "./panelPage.js";
import type { RunStore } from "./runStore.js";
import { comparisonOf } from "./view/comparison.js";
import { nameOf } from "./view/words.js";

export interface RunEditorParts {
  readonly extension: vscode.Uri;
  readonly store: RunStore;
  readonly log: vscode.LogOutputChannel;
  readonly act: PanelPageParts["act"];
  readonly remedies: PanelPageParts["remedies"];
}

export class RunEditors implements vscode.Disposable {
  readonly #open = new Map<string, vscode.WebviewPanel>();

  constructor(private readonly parts: RunEditorParts) {}

  /** One run; a second call brings the same editor to the front. */
  openRun({ record }: Run): void {
    if (this.#reveal(record.id)) return;
    const panel = this.#create(record.id, nameOf(record.script), "run");
    const page = this.#page(panel);
    page.show(record.id);
  }

  /** What differs between two runs, the older one on the left. */
  async compare(one: Run, other: Run): Promise<void> {
    const [left, right] = one.record.started <= other.record.started ? [one, other] : [other, one];
    const key = `${left.record.id} ${right.record.id}`;
    if (this.#reveal(key)) return;
    const [first, second] = [new RunFollower(left), new RunFollower(right)];
    await Promise.all([first.read(left), second.read(right)]);
    const comparison = comparisonOf({ run: left, curves: first.curves }, { run: right, curves: second.curves }, new Date());
    const panel = this.#create(key, vscode.l10n.t("Compare Runs"), "comparison");
    const page = this.#page(panel, () => page.post({ type: "comparison", comparison }));
  }

  dispose(): void {
    for (const panel of this.#open.values()) panel.dispose();
  }

  #reveal(key: string): boolean {
    const panel = this.#open.get(key);
    panel?.reveal();
    return panel !== undefined;
  }

  #create(key: string, title: string, kind: "run" | "comparison"): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(`hfPreflight.${kind}`, title, vscode.ViewColumn.Active, webviewOptions(this.parts.extension));
    panel.iconPath = vscode.Uri.joinPath(this.parts.extension, "media", "icon.png");
    this.#open.set(key, panel);
    panel.onDidDispose(() => this.#open.delete(key));
    panel.webview.html = pageHtml(panel.webview, this.parts.extension, kind);
    return panel;
  }

  #page(panel: vscode.WebviewPanel, onReady?: () => void): PanelPage {
    const { store, log, act, remedies } = this.parts;
    const page = new PanelPage({ webview: panel.webview, store, log, act, remedies, ...(onReady && { onReady }) });
    panel.onDidDispose(() => page.dispose());
    panel.onDidChangeViewState(() => {
      if (!panel.visible) page.hide();
    });
    return page;
  }
}
