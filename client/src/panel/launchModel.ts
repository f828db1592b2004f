/** The script that would run, and the form that says how. */
import * as vscode from "vscode";
import { previewOf } from "../../../runner/src/launch.js";
import { selectedInterpreter } from "../python/interpreter.js";
import { canDebug } from "../run/elsewhere.js";
import { isLaunchProblem, workingDirectory, type Launcher } from "../run/launcher.js";
import { nvidiaSmi } from "../run/nvidiaSmi.js";
import type { GpuWatch } from "./gpuWatch.js";
import type { LaunchForm } from "./messages.js";
import { formatUsed } from "./model/format.js";
import { briefCommand, nameOf, shortName } from "./view/words.js";

export class LaunchModel implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #script: vscode.Uri | undefined;

  /** Another script is in front. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly launcher: Launcher,
    private readonly gpus: GpuWatch,
  ) {
    this.#take(vscode.window.activeTextEditor);
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => this.#take(editor));
  }

  /** The Python file that was in front last; it stays while something else is. */
  get script(): vscode.Uri | undefined {
    return this.#script;
  }

  set script(script: vscode.Uri | undefined) {
    this.#script = script;
    this.#changed.fire();
  }

  async form(): Promise<LaunchForm | null> {
    const script = this.#script;
    if (script === undefined) return null;
    const { launcher, args, cwd, env, gpus, command } = this.launcher.configurations.of(script);
    let [preview, brief] = [command ?? "", command ?? ""];
    let problem: string | null = null;
    try {
      const plan = await this.launcher.plan(script);
      preview = command ?? previewOf(plan);
      brief = briefCommand(plan.argv, plan.script);
    } catch (error) {
      if (!isLaunchProblem(error)) throw error;
      problem = error.message;
    }
    return {
      script: script.fsPath,
      name: nameOf(script.path),
      interpreter: (await selectedInterpreter(script))?.path ?? null,
      launcher,
      args,
      cwd: cwd === "" ? workingDirectory(script, "") : cwd,
      env,
      gpus,
      choices: this.#choices(),
      gpuNote: this.#note(),
      command: preview,
      brief,
      edited: command !== null,
      problem,
      canDebug: canDebug(),
    };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #take(editor: vscode.TextEditor | undefined): void {
    const document = editor?.document;
    if (document?.languageId !== "python" || document.uri.scheme !== "file") return;
    if (document.uri.toString() === this.#script?.toString()) return;
    this.script = document.uri;
  }

  #choices(): LaunchForm["choices"] {
    const { state } = this.gpus;
    if (state?.kind !== "ok") return [];
    return state.gpus.map((gpu) => ({ uuid: gpu.uuid, label: `GPU ${gpu.index} · ${shortName(gpu.name)}`, detail: gpu.problem ?? `${formatUsed(gpu.memoryUsedMib, gpu.memoryTotalMib)} in use` }));
  }

  #note(): string | null {
    const { state } = this.gpus;
    if (state?.kind === "unavailable") return state.message;
    return nvidiaSmi().demo ? "A demonstration: there is no GPU here, and the figures are made up." : null;
  }
}
