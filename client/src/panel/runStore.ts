/** The runs of this machine, as their folders say. Looks at the disk only while somebody looks at it, or while something runs that somebody wants to be told of. */
import { existsSync, mkdirSync, watch, type FSWatcher } from "node:fs";
import * as vscode from "vscode";
import { listRuns, readRun, runsFolder, type BrokenRun, type Run } from "../../../runner/src/runs.js";
import { describeError } from "../log.js";
import { Serialised } from "../serialised.js";

/** Between two looks at what runs, in ms: the samples come at this pace. */
const pace = 1_000;

export class RunStore implements vscode.Disposable {
  readonly folder = runsFolder(process.env);
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #ticked = new vscode.EventEmitter<void>();
  readonly #listing = new Serialised(() => this.#list());
  readonly #looking = new Serialised(() => this.#look());
  #runs: readonly Run[] = [];
  #broken: readonly BrokenRun[] = [];
  #viewers = 0;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** The list, or the state of a run, is another one. */
  readonly onDidChange = this.#changed.event;
  /** Once a second while something runs: its files may have more. */
  readonly onDidTick = this.#ticked.event;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** The newest first. */
  get runs(): readonly Run[] {
    return this.#runs;
  }

  /** Folders that can't be understood. */
  get broken(): readonly BrokenRun[] {
    return this.#broken;
  }

  get live(): readonly Run[] {
    return this.#runs.filter(({ state }) => state === "running");
  }

  find(id: string): Run | undefined {
    return this.#runs.find(({ record }) => record.id === id);
  }

  /** Somebody looks from here on, until what is returned is disposed. */
  view(): vscode.Disposable {
    this.#viewers += 1;
    this.#watch();
    void this.refresh();
    return new vscode.Disposable(() => {
      this.#viewers -= 1;
      if (this.#viewers === 0) this.#rest();
    });
  }

  /** Reads the list anew. Never rejects: what is wrong is logged. */
  async refresh(): Promise<void> {
    try {
      await this.#listing.run();
    } catch (error) {
      this.log.error(`The runs in ${this.folder} could not be read: ${describeError(error)}`);
    }
  }

  dispose(): void {
    this.#rest();
    this.#changed.dispose();
    this.#ticked.dispose();
  }

  async #list(): Promise<void> {
    const { runs, broken } = await listRuns(this.folder);
    const known = new Map(this.#runs.map((run) => [run.dir, run]));
    const listed = new Set(runs.map(({ dir }) => dir));
    // A run whose folder is gone while it ran is not forgotten: it is lost, and that is said.
    const gone = await Promise.all([...known.values()].filter((run) => !listed.has(run.dir) && run.state === "running").map((run) => readRun(run.dir, run)));
    this.#runs = [...runs, ...gone].sort((a, b) => b.record.started.localeCompare(a.record.started));
    this.#broken = broken;
    this.#changed.fire();
    this.#pace();
  }

  async #look(): Promise<void> {
    const before = this.#runs;
    this.#runs = await Promise.all(before.map(async (run) => (run.state === "running" ? readRun(run.dir, run) : run)));
    if (this.#runs.some((run, index) => stamp(run) !== stamp(before[index]))) this.#changed.fire();
    this.#ticked.fire();
    this.#pace();
  }

  /** The timer runs only while a run does and somebody looks. */
  #pace(): void {
    const wanted = this.#viewers > 0 && this.live.length > 0;
    if (!wanted) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else if (this.#timer === undefined) {
      this.#timer = setInterval(() => {
        this.#looking.run().catch((error: unknown) => this.log.error(`A run could not be read: ${describeError(error)}`));
      }, pace);
    }
  }

  /** New runs, from a terminal too, appear by themselves. */
  #watch(): void {
    if (this.#watcher) return;
    try {
      if (!existsSync(this.folder)) mkdirSync(this.folder, { recursive: true });
      this.#watcher = watch(this.folder, () => void this.refresh());
      this.#watcher.on("error", (error) => this.log.warn(`${this.folder} can't be watched: ${error.message}`));
    } catch (error) {
      this.log.warn(`${this.folder} can't be watched: ${describeError(error)}`);
    }
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}

/** What of a run the lists show. */
function stamp(run: Run | undefined): string {
  return run ? JSON.stringify([run.state, run.reason, run.supervised, run.stops.length, run.record.ended, run.record.peakMemoryMib, run.record.paused, run.record.problem]) : "";
}
