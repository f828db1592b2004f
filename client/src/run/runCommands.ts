/** What a person can do with scripts and runs: the commands, and what is clicked in the panel. */
import { join } from "node:path";
import * as vscode from "vscode";
import { runFiles } from "../../../runner/src/runFiles.js";
import { stopKinds } from "../../../runner/src/record.js";
import type { Run } from "../../../runner/src/runs.js";
import { StopProblem, stopRun } from "../../../runner/src/stop.js";
import type { PreflightClient } from "../languageClient.js";
import { RunFollower } from "../panel/follow/runFollower.js";
import { processOfRow } from "../panel/gpuTree.js";
import { runOfRow } from "../panel/historyTree.js";
import type { LaunchModel } from "../panel/launchModel.js";
import type { FromPanel } from "../panel/messages.js";
import { formatAgo } from "../panel/model/format.js";
import type { RunEditors } from "../panel/runEditors.js";
import type { RunStatus } from "../panel/runStatus.js";
import type { RunStore } from "../panel/runStore.js";
import type { RunView } from "../panel/runView.js";
import { durationOf, nameOf } from "../panel/view/words.js";
import { showRuleDocumentation } from "../ruleDocumentation.js";
import { checkBeforeLaunch } from "./checkBeforeLaunch.js";
import { canDebug, debugScript, runInTerminal } from "./elsewhere.js";
import { isLaunchProblem, type Launcher } from "./launcher.js";
import type { MemoryRemedies } from "./memoryRemedies.js";
import { rerunChange } from "./rerun.js";

export const runScript = "hfPreflight.runScript";
export const runScriptWith = "hfPreflight.runScriptWith";
export const smokeRun = "hfPreflight.smokeRun";
export const rerun = "hfPreflight.rerun";
export const stop = "hfPreflight.stop";
export const showRunPanel = "hfPreflight.showRunPanel";
export const showRun = "hfPreflight.showRun";
export const openRunInEditor = "hfPreflight.openRunInEditor";
export const openRunLog = "hfPreflight.openRunLog";
export const compareRuns = "hfPreflight.compareRuns";
export const deleteRun = "hfPreflight.deleteRun";
export const runScriptInTerminal = "hfPreflight.runInTerminal";
export const debugRun = "hfPreflight.debugScript";
export const stopProcess = "hfPreflight.stopProcess";

type PanelAction = Exclude<FromPanel, { type: "ready" }>;
type How = Extract<FromPanel, { type: "launch" }>["how"];

export interface RunCommandParts {
  readonly client: PreflightClient;
  readonly log: vscode.LogOutputChannel;
  readonly store: RunStore;
  readonly remedies: MemoryRemedies;
  readonly launcher: Launcher;
  readonly launch: LaunchModel;
  readonly status: RunStatus;
  readonly view: () => RunView;
  readonly editors: () => RunEditors;
}

export class RunCommands {
  constructor(private readonly parts: RunCommandParts) {}

  register(): vscode.Disposable {
    const on = (command: string, action: (...args: unknown[]) => Promise<void> | void): vscode.Disposable => vscode.commands.registerCommand(command, (...args: unknown[]) => guarded(() => action(...args)));
    return vscode.Disposable.from(
      on(runScript, (script) => this.#launchOf(script, "run")),
      on(smokeRun, (script) => this.#launchOf(script, "smoke")),
      on(runScriptInTerminal, (script) => this.#launchOf(script, "terminal")),
      on(debugRun, (script) => this.#launchOf(script, "debug")),
      on(runScriptWith, (script) => this.#edit(script)),
      on(showRunPanel, () => this.parts.view().reveal({ keepFocus: false })),
      on(showRun, (id) => this.#show(id)),
      on(rerun, async (row) => this.#rerun(await this.#choose(row, "Which run to do again", () => true))),
      on(stop, async (row) => this.#stop(await this.#choose(row, "Which run to stop", ({ state }) => state === "running"))),
      on(openRunLog, async (row) => this.#openLog(await this.#choose(row, "Whose log to open", () => true))),
      on(openRunInEditor, async (row) => this.#openWide(await this.#choose(row, "Which run to open", () => true))),
      on(compareRuns, (row, rows) => this.#compare(row, rows)),
      on(deleteRun, (row, rows) => this.#delete(row, rows)),
      on(stopProcess, (row) => this.#stopProcess(row)),
    );
  }

  /** What was clicked in a panel. */
  async act(message: PanelAction): Promise<void> {
    const { launch, launcher, store, view } = this.parts;
    switch (message.type) {
      case "launch":
        return this.#launch(message.how, message.anyway);
      case "change":
        await launcher.configurations.change(vscode.Uri.file(message.script), message.change);
        return view().tellLaunch();
      case "stop":
        return this.#stop(store.find(message.run));
      case "rerun":
        return this.#rerun(store.find(message.run));
      case "openLog":
        return this.#openLog(store.find(message.run));
      case "openWide":
        return this.#openWide(store.find(message.run));
      case "openPlace":
        return openPlace(message.path, message.line);
      case "applyRemedy":
        return this.#applyRemedy(store.find(message.run), message.title);
      case "openRule":
        await vscode.commands.executeCommand(showRuleDocumentation, message.rule);
        return;
      case "showProblems":
        if (launch.script) await vscode.window.showTextDocument(launch.script);
        await vscode.commands.executeCommand("workbench.actions.view.problems");
        return;
      case "dismissCheck":
        view().check = undefined;
        return;
      case "openScript":
        await vscode.commands.executeCommand("workbench.action.files.openFile");
        return;
    }
  }

  async #launchOf(argument: unknown, how: How): Promise<void> {
    const script = scriptOf(argument);
    if (script) this.parts.launch.script = script;
    await this.#launch(how, false);
  }

  async #launch(how: How, anyway: boolean): Promise<void> {
    const { client, launch, launcher, log, status, store } = this.parts;
    const view = this.parts.view();
    if (!vscode.workspace.isTrusted) throw new Refusal(vscode.l10n.t("Nothing is run in Restricted Mode. Trust this workspace first."));
    const script = launch.script;
    if (script === undefined) throw new Refusal(vscode.l10n.t("Open the Python script that you want to run."));
    const document = await vscode.workspace.openTextDocument(script);
    if (document.isDirty && !(await document.save())) throw new Refusal(vscode.l10n.t("{0} could not be saved, so it was not run.", nameOf(script.path)));
    view.check = undefined;
    view.notice = undefined;
    if (how === "terminal") return runInTerminal(await launcher.plan(script));
    if (how === "debug") return this.#debug(script);
    const smoke = how === "smoke";
    await view.reveal();
    try {
      const found = anyway ? undefined : await checkBeforeLaunch(client, document, (await launcher.plan(script)).args, smoke, log);
      if (found) {
        view.check = found;
        return;
      }
      const { id } = await launcher.start(script, smoke);
      view.choose(id);
      status.follow();
      await store.refresh();
    } catch (error) {
      if (!isLaunchProblem(error)) throw error;
      view.notice = error.message;
    }
  }

  async #debug(script: vscode.Uri): Promise<void> {
    if (!canDebug()) throw new Refusal(vscode.l10n.t("Debugging needs the Python Debugger extension."));
    await debugScript(await this.parts.launcher.plan(script));
  }

  async #edit(argument: unknown): Promise<void> {
    const script = scriptOf(argument);
    if (script) this.parts.launch.script = script;
    await this.parts.view().edit();
  }

  async #show(id: unknown): Promise<void> {
    if (typeof id !== "string") return;
    this.parts.view().choose(id);
    await this.parts.view().reveal();
  }

  /** As it was started then, whatever the form says now. */
  async #rerun(run: Run | undefined): Promise<void> {
    if (run === undefined) return;
    const script = vscode.Uri.file(run.record.script);
    await this.parts.launcher.configurations.change(script, rerunChange(run.record));
    this.parts.launch.script = script;
    await this.#launch(run.record.smoke ? "smoke" : "run", false);
  }

  /** Each word stronger than the one before it, and each at a click of its own. */
  async #stop(run: Run | undefined): Promise<void> {
    if (run === undefined) return;
    const how = stopKinds[Math.min(run.stops.length, stopKinds.length - 1)] ?? "interrupt";
    await stopRun(run.dir, how, "editor");
    await this.parts.store.refresh();
  }

  async #openLog(run: Run | undefined): Promise<void> {
    if (run) await vscode.window.showTextDocument(vscode.Uri.file(join(run.dir, runFiles.log)), { preview: true });
  }

  async #applyRemedy(run: Run | undefined, title: string): Promise<void> {
    if (run === undefined) return;
    const files = new RunFollower(run);
    await files.read(run);
    const { failure } = files.news(new Date());
    if (failure) await this.parts.remedies.apply(run.record.script, failure, title);
  }

  #openWide(run: Run | undefined): void {
    if (run) this.parts.editors().openRun(run);
  }

  async #compare(row: unknown, rows: unknown): Promise<void> {
    const { store } = this.parts;
    const marked = Array.isArray(rows) ? rows.map(runOfRow).filter((run) => run !== undefined) : [];
    if (marked.length > 2) throw new Refusal(vscode.l10n.t("Two runs can be compared, not {0}.", marked.length));
    const one = marked[0] ?? runOfRow(row) ?? (await this.#choose(undefined, "The first run to compare", () => true));
    if (one === undefined) return;
    const other = marked[1] ?? (await this.#choose(undefined, `The run to compare ${nameOf(one.record.script)} with`, ({ record }) => record.id !== one.record.id));
    if (other === undefined) return;
    await this.parts.editors().compare(store.find(one.record.id) ?? one, store.find(other.record.id) ?? other);
  }

  async #delete(row: unknown, rows: unknown): Promise<void> {
    const marked = (Array.isArray(rows) ? rows : [row]).map(runOfRow).filter((run) => run !== undefined && run.state !== "running");
    if (marked.length === 0) return;
    const yes = vscode.l10n.t("Delete");
    const question = marked.length === 1 ? vscode.l10n.t("Delete this run with its log and its curves?") : vscode.l10n.t("Delete {0} runs with their logs and their curves?", marked.length);
    if ((await vscode.window.showWarningMessage(question, { modal: true }, yes)) !== yes) return;
    for (const run of marked) await vscode.workspace.fs.delete(vscode.Uri.file(run?.dir ?? ""), { recursive: true });
    await this.parts.store.refresh();
  }

  async #stopProcess(row: unknown): Promise<void> {
    const found = processOfRow(row);
    if (found?.owner?.own !== true) return;
    const { pid } = found.process;
    const yes = vscode.l10n.t("Stop Process");
    const question = vscode.l10n.t("Stop process {0}?", pid);
    const detail = vscode.l10n.t("{0}\n\nIt is asked to end (SIGTERM). What it has not saved is lost.", found.owner.command);
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) return;
    process.kill(pid, "SIGTERM");
  }

  /** The run of the row, else the shown one where it fits, else one that is asked for. */
  async #choose(row: unknown, question: string, fits: (run: Run) => boolean): Promise<Run | undefined> {
    const { store } = this.parts;
    const given = runOfRow(row);
    if (given) return given;
    await store.refresh();
    const candidates = store.runs.filter(fits);
    if (candidates.length <= 1) {
      if (candidates[0] === undefined) throw new Refusal(vscode.l10n.t("There is no such run."));
      return candidates[0];
    }
    const now = new Date();
    const picked = await vscode.window.showQuickPick(
      candidates.map((run) => ({
        label: nameOf(run.record.script),
        description: [run.state, durationOf(run, now), formatAgo(new Date(run.record.started), now)].filter((part) => part !== undefined).join(" · "),
        detail: run.record.args.join(" "),
        run,
      })),
      { placeHolder: vscode.l10n.t(question), matchOnDetail: true },
    );
    return picked?.run;
  }
}

/** Something that a person asked for can't be, and the reason is a sentence for them. */
class Refusal extends Error {}

async function guarded(action: () => Promise<void> | void): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof StopProblem || isLaunchProblem(error))) throw error;
    void vscode.window.showWarningMessage(error.message);
  }
}

/** A command's first argument, from a menu or a CodeLens. */
function scriptOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  return typeof argument === "string" ? vscode.Uri.parse(argument) : undefined;
}

async function openPlace(path: string, line: number): Promise<void> {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(path), { selection: new vscode.Range(at, at), preview: true });
}
