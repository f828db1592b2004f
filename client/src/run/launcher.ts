/** From a script and what was chosen for it to a run: the plan, the check, the start. */
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import type { GpuState } from "../../../runner/src/gpu/model.js";
import { LaunchProblem, planLaunch, type LaunchPlan } from "../../../runner/src/launch.js";
import { REDACTED } from "../../../runner/src/redact.js";
import { startRun, StartProblem, type StartedRun } from "../../../runner/src/start.js";
import type { GpuWatch } from "../panel/gpuWatch.js";
import { parseCommand, splitWords } from "../panel/model/commandLine.js";
import { nameOf } from "../panel/view/words.js";
import { selectedInterpreter } from "../python/interpreter.js";
import { parseEnvironment } from "./environmentText.js";
import { LaunchConfigurations, type LaunchConfiguration } from "./launchConfiguration.js";
import { nvidiaSmi } from "./nvidiaSmi.js";

export class Launcher {
  readonly configurations: LaunchConfigurations;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly gpus: GpuWatch,
    private readonly runs: string,
  ) {
    this.configurations = new LaunchConfigurations(context.workspaceState);
  }

  /** The plan as the form shows it. @throws LaunchProblem */
  async plan(script: vscode.Uri, { smoke = false, gpus = this.gpus.state }: { readonly smoke?: boolean; readonly gpus?: GpuState | undefined } = {}): Promise<LaunchPlan> {
    const configuration = this.configurations.of(script);
    const plan = await this.#fromFields(script, configuration, smoke, gpus);
    return configuration.command === null ? plan : edited(plan, configuration, smoke);
  }

  /** Starts the run; the editor isn't needed after that. @throws LaunchProblem, StartProblem */
  async start(script: vscode.Uri, smoke: boolean): Promise<StartedRun> {
    // Choosing by free memory, and a mask by UUID, need to know what is there.
    const { gpus, command } = this.configurations.of(script);
    const needed = command === null && (Array.isArray(gpus) || gpus === "auto");
    const plan = await this.plan(script, { smoke, gpus: needed ? await this.gpus.ready() : this.gpus.state });
    const supervisor = vscode.Uri.joinPath(this.context.extensionUri, "dist", "runner.js").fsPath;
    return startRun(plan, { runs: this.runs, supervisor, nvidiaSmi: nvidiaSmi().command });
  }

  async #fromFields(script: vscode.Uri, configuration: LaunchConfiguration, smoke: boolean, state: GpuState | undefined): Promise<LaunchPlan> {
    const args = splitWords(configuration.args);
    if ("problem" in args) throw new LaunchProblem(`The arguments can't be read. ${args.problem}`);
    const { env, problem } = parseEnvironment(configuration.env);
    if (problem !== undefined) throw new LaunchProblem(problem);
    const knownGpus = state?.kind === "ok" ? state.gpus : [];
    const workspace = vscode.workspace.getWorkspaceFolder(script)?.uri.fsPath;
    return planLaunch({
      script: script.fsPath,
      args: args.words,
      env,
      baseEnv: process.env,
      cwd: workingDirectory(script, configuration.cwd),
      interpreter: (await selectedInterpreter(script))?.path ?? (process.platform === "win32" ? "python" : "python3"),
      launcher: configuration.launcher,
      gpus: configuration.gpus === "auto" ? mostFree(state) : configuration.gpus,
      knownGpus,
      demo: nvidiaSmi().demo,
      ...(workspace !== undefined && { workspace }),
      ...(smoke && { smokeWrapper: vscode.Uri.joinPath(this.context.extensionUri, "runner", "python", "smoke.py").fsPath }),
    });
  }
}

/** The problems that a person can do something about; anything else is a bug. */
export function isLaunchProblem(error: unknown): error is LaunchProblem | StartProblem {
  return error instanceof LaunchProblem || error instanceof StartProblem;
}

/** Where a script runs: what was written, relative to the workspace folder; else that folder; else the script's own. */
export function workingDirectory(script: vscode.Uri, written: string): string {
  const folder = vscode.workspace.getWorkspaceFolder(script)?.uri.fsPath ?? vscode.Uri.joinPath(script, "..").fsPath;
  const path = written.trim().replace(/^~(?=$|[\\/])/u, homedir());
  return path === "" ? folder : isAbsolute(path) ? path : join(folder, path);
}

/** The GPU with most free memory; all of them where that can't be known. */
function mostFree(state: GpuState | undefined): "all" | string[] {
  if (state?.kind !== "ok") return "all";
  const free = state.gpus
    .filter((gpu) => gpu.memoryUsedMib !== null && gpu.memoryTotalMib !== null)
    .map((gpu) => ({ uuid: gpu.uuid, mib: (gpu.memoryTotalMib ?? 0) - (gpu.memoryUsedMib ?? 0) }))
    .sort((a, b) => b.mib - a.mib);
  return free[0] ? [free[0].uuid] : "all";
}

/** The command as somebody has edited it: its words and its variables, and nothing of the fields. */
function edited(plan: LaunchPlan, { command, env: fields }: LaunchConfiguration, smoke: boolean): LaunchPlan {
  const parsed = parseCommand(command ?? "");
  if ("problem" in parsed) throw new LaunchProblem(parsed.problem);
  if (smoke) throw new LaunchProblem("A smoke run is made from the fields, and this command was edited by hand. Choose “From the fields again” first.");
  if (parsed.argv.some((word) => word.includes(REDACTED))) throw new LaunchProblem(`A secret in this command is not shown, so it can't be edited. Pass it in the environment instead.`);
  const secrets = parseEnvironment(fields).env;
  const base = Object.fromEntries(Object.entries(plan.env).filter(([name]) => !(name in plan.added)));
  const before = (name: string): string => process.env[name] ?? "";
  for (const name of Object.keys(plan.added)) if (process.env[name] !== undefined) base[name] = before(name);
  const added = Object.fromEntries(
    Object.entries(parsed.env).map(([name, value]) => [name, value === REDACTED ? (secrets[name] ?? before(name)) : value.replaceAll("$PATH", before("PATH"))]),
  );
  const mask = added["CUDA_VISIBLE_DEVICES"] ?? base["CUDA_VISIBLE_DEVICES"] ?? null;
  const script = parsed.argv.findIndex((word) => word === plan.script || word === nameOf(plan.script));
  return { ...plan, argv: parsed.argv, args: script === -1 ? [] : parsed.argv.slice(script + 1), added, env: { ...base, ...added }, gpuMask: mask, gpus: mask === plan.gpuMask ? plan.gpus : [] };
}
