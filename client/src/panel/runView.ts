/** The view “Run”: the form, and the run that is looked at. */
import * as vscode from "vscode";
import { pageHtml, webviewOptions } from "./html.js";
import type { GpuWatch } from "./gpuWatch.js";
import type { LaunchModel } from "./launchModel.js";
import type { LaunchCheck } from "./messages.js";
import { PanelPage, type PanelPageParts } from "./panelPage.js";
import type { RunStore } from "./runStore.js";

export const runViewId = "hfPreflight.runView";

export interface RunViewParts {
  readonly extension: vscode.Uri;
  readonly store: RunStore;
  readonly launch: LaunchModel;
  readonly gpus: GpuWatch;
  readonly log: vscode.LogOutputChannel;
  readonly act: PanelPageParts["act"];
  readonly remedies: PanelPageParts["remedies"];
}

export class RunView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #parts: RunViewParts;
  readonly #subscriptions: vscode.Disposable[] = [];
  #view: vscode.WebviewView | undefined;
  #page: PanelPage | undefined;
  #watching: vscode.Disposable | undefined;
  #check: LaunchCheck | undefined;
  #notice: string | undefined;
  /** The run that somebody chose; without one, the newest of this workspace. */
  #chosen: string | undefined;
  #editWhenReady = false;

  constructor(parts: RunViewParts) {
    this.#parts = parts;
    const { launch, gpus, store } = parts;
    this.#subscriptions.push(
      launch.onDidChange(() => {
        this.#check = undefined;
        this.#tellCheck();
        this.tellLaunch();
      }),
      gpus.onDidChange(() => this.tellLaunch()),
      store.onDidChange(() => this.#page?.show(this.#wanted())),
    );
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extension, store, log, act, remedies } = this.#parts;
    this.#view = view;
    view.webview.options = webviewOptions(extension);
    const page = new PanelPage({ webview: view.webview, store, log, act, remedies, onReady: () => this.#begin() });
    this.#page = page;
    view.onDidChangeVisibility(() => {
      if (view.visible) return;
      page.hide();
      this.#rest();
    });
    view.onDidDispose(() => {
      page.dispose();
      this.#rest();
      this.#view = this.#page = undefined;
    });
    view.webview.html = pageHtml(view.webview, extension, "launch");
  }

  /** Brings the view to the front; the keyboard stays where it is, if it may. */
  async reveal({ keepFocus = true } = {}): Promise<void> {
    if (this.#view) this.#view.show(keepFocus);
    else await vscode.commands.executeCommand(`${runViewId}.focus`, { preserveFocus: keepFocus });
  }

  /** Shows this run, now and when it comes back into sight. */
  choose(id: string | undefined): void {
    this.#chosen = id;
    this.#page?.show(this.#wanted());
  }

  get shown(): string | undefined {
    return this.#page?.shown ?? this.#wanted();
  }

  set check(check: LaunchCheck | undefined) {
    this.#check = check;
    this.#tellCheck();
  }

  set notice(text: string | undefined) {
    this.#notice = text;
    this.#page?.post({ type: "notice", text: text ?? null });
  }

  /** Unfolds the options and puts the keyboard there. */
  async edit(): Promise<void> {
    this.#editWhenReady = this.#watching === undefined;
    await this.reveal({ keepFocus: false });
    this.#page?.post({ type: "editLaunch" });
  }

  /** The form has become another one. */
  tellLaunch(): void {
    const page = this.#page;
    if (!page || !this.#watching) return;
    this.#parts.launch.form().then(
      (form) => page.post({ type: "launch", form }),
      (error: unknown) => this.#parts.log.error(`The launch form could not be made: ${String(error)}`),
    );
  }

  dispose(): void {
    this.#rest();
    this.#page?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #begin(): void {
    this.#watching ??= this.#parts.gpus.view();
    this.tellLaunch();
    this.#tellCheck();
    if (this.#notice !== undefined) this.#page?.post({ type: "notice", text: this.#notice });
    this.#page?.show(this.#wanted());
    if (this.#editWhenReady) this.#page?.post({ type: "editLaunch" });
    this.#editWhenReady = false;
  }

  #rest(): void {
    this.#watching?.dispose();
    this.#watching = undefined;
  }

  #tellCheck(): void {
    this.#page?.post({ type: "check", check: this.#check ?? null });
  }

  /** What somebody chose, else what runs here, else the newest of this workspace. */
  #wanted(): string | undefined {
    const { store } = this.#parts;
    if (this.#chosen !== undefined && store.find(this.#chosen)) return this.#chosen;
    const folders = new Set(vscode.workspace.workspaceFolders?.map(({ uri }) => uri.fsPath));
    const here = store.runs.filter(({ record }) => record.workspace !== null && folders.has(record.workspace));
    return (here.find(({ state }) => state === "running") ?? here[0])?.record.id;
  }
}
