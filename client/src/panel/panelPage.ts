/** Joins one web page with the runs: says what is new, and does what is clicked. */
import * as vscode from "vscode";
import type { Failure } from "../../../runner/src/output/failure.js";
import type { Run } from "../../../runner/src/runs.js";
import { describeError } from "../log.js";
import { Serialised } from "../serialised.js";
import { RunFollower } from "./follow/runFollower.js";
import { fromPanelSchema, type FromPanel, type ToPanel } from "./messages.js";
import type { RunStore } from "./runStore.js";
import { runViewOf } from "./view/runView.js";

export interface PanelPageParts {
  readonly webview: vscode.Webview;
  readonly store: RunStore;
  readonly log: vscode.LogOutputChannel;
  /** Titles of what can be changed in the script of a run that failed. */
  readonly remedies: (run: Run, failure: Failure) => Promise<readonly string[]>;
  /** Everything but `ready`. */
  readonly act: (message: Exclude<FromPanel, { type: "ready" }>) => Promise<void>;
  /** What is to be said beside the run, when the page is there. */
  readonly onReady?: () => void;
}

export class PanelPage implements vscode.Disposable {
  readonly #parts: PanelPageParts;
  readonly #subscriptions: vscode.Disposable[] = [];
  readonly #reading = new Serialised(() => this.#read());
  #looking: vscode.Disposable | undefined;
  #follower: { readonly id: string; readonly files: RunFollower } | undefined;
  #shown: string | undefined;
  #sentRun = "";
  #remedies: readonly string[] | undefined;
  #ready = false;

  constructor(parts: PanelPageParts) {
    this.#parts = parts;
    const { store, webview } = parts;
    this.#subscriptions.push(
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      store.onDidChange(() => this.#update()),
      store.onDidTick(() => this.#update()),
    );
  }

  /** Which run the page shows; undefined shows none. */
  show(id: string | undefined): void {
    if (id === this.#shown) return;
    this.#shown = id;
    this.#follower = undefined;
    this.#update();
  }

  get shown(): string | undefined {
    return this.#shown;
  }

  post(message: ToPanel): void {
    if (this.#ready) void this.#parts.webview.postMessage(message);
  }

  /** The page is out of sight: nothing is read for it, until it says again that it is there. */
  hide(): void {
    this.#looking?.dispose();
    this.#looking = undefined;
    this.#follower = undefined;
    this.#ready = false;
  }

  dispose(): void {
    this.hide();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #receive(data: unknown): void {
    const parsed = fromPanelSchema.safeParse(data);
    if (!parsed.success) {
      this.#parts.log.warn(`The panel said something that isn't understood: ${parsed.error.message}`);
      return;
    }
    const message = parsed.data;
    if (message.type === "ready") return this.#begin();
    this.#parts.act(message).catch((error: unknown) => {
      this.#parts.log.error(`The panel's ${message.type} failed: ${describeError(error)}`);
      void vscode.window.showErrorMessage(vscode.l10n.t("HF Preflight: {0}", error instanceof Error ? error.message : String(error)));
    });
  }

  #begin(): void {
    this.#ready = true;
    this.#follower = undefined;
    this.#sentRun = "";
    this.#looking ??= this.#parts.store.view();
    this.#parts.onReady?.();
    this.#update();
  }

  #update(): void {
    if (!this.#ready) return;
    this.#reading.run().catch((error: unknown) => this.#parts.log.error(`The files of a run could not be read: ${describeError(error)}`));
  }

  async #read(): Promise<void> {
    const run = this.#shown === undefined ? undefined : this.#parts.store.find(this.#shown);
    if (run === undefined) {
      this.#send(null);
      return;
    }
    const { id } = run.record;
    const begins = this.#follower?.id !== id;
    if (begins) this.#remedies = undefined;
    const { files } = (this.#follower = this.#follower && !begins ? this.#follower : { id, files: new RunFollower(run) });
    await files.read(run);
    // While it was read, another run was chosen, or the page was hidden.
    if (this.#follower?.files !== files || !this.#ready) return;
    const { failure } = files.news(new Date());
    if (failure) this.#remedies ??= await this.#parts.remedies(run, failure);
    this.#send(run, files);
    const change = files.curves.takeChange();
    if (begins || change.kind === "all") this.post({ type: "charts", run: id, charts: begins ? files.curves.charts() : change.kind === "all" ? [...change.charts] : [] });
    else if (change.kind === "points") this.post({ type: "points", run: id, points: [...change.points] });
    const text = files.takeLog();
    if (begins || text !== "") this.post({ type: "log", run: id, anew: begins, text });
  }

  /** Only when something in it is new. */
  #send(run: Run | null, files?: RunFollower): void {
    const message: ToPanel = { type: "run", run: run && files ? runViewOf(run, { ...files.news(new Date()), remedies: this.#remedies ?? [] }) : null };
    const text = JSON.stringify(message);
    if (text === this.#sentRun) return;
    this.#sentRun = text;
    this.post(message);
  }
}
