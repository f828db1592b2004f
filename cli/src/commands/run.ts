/** `hf-preflight run`. */
import { resolve } from "node:path";
import { statSync } from "node:fs";
import { readGpus } from "../../../runner/src/gpu/readGpus.js";
import type { GpuState } from "../../../runner/src/gpu/model.js";
import { LaunchProblem, planLaunch, previewOf, type LaunchPlan } from "../../../runner/src/launch.js";
import { nvidiaSmiCommand } from "../../../runner/src/nvidiaSmiCommand.js";
import type { Launcher } from "../../../runner/src/launchers.js";
import { readRun } from "../../../runner/src/runs.js";
import { startRun, StartProblem, type StartedRun } from "../../../runner/src/start.js";
import type { ParsedArguments } from "../arguments/parse.js";
import { ExitCode, Mistake } from "../mistake.js";
import type { Program } from "../program.js";
import { checkBeforeRun } from "../run/checkBeforeRun.js";
import { showUntilItEnds } from "../run/attachedRun.js";
import { endingText, exitCodeOf } from "../run/ending.js";
import { gpuChoice } from "../run/gpuOption.js";
import { interpreterFor } from "../run/interpreter.js";
import { asMistake, runsFolderFor } from "../run/runNamed.js";
import { ReaderGone } from "../terminal/output.js";
import { chosenPaint } from "../terminal/style.js";

/** How long a launch waits for nvidia-smi where no GPU was asked for by name. Milliseconds. */
const PATIENCE = 5_000;

/** @returns the script's exit code, or 0 with `--detach`. */
export async function run(args: ParsedArguments, program: Program): Promise<number> {
  const { output, cwd } = program;
  const [written, ...scriptArgs] = args.operands;
  if (written === undefined) throw new Mistake("Which script? hf-preflight run train.py, and what is meant for the script after --: hf-preflight run train.py -- --epochs 3");
  const script = resolve(cwd, written);
  if (!statSync(script, { throwIfNoEntry: false })?.isFile()) throw new Mistake(`There is no script ${written}.`);
  const interpreter = await interpreterFor({ written: args.value("python"), script, cwd, environment: process.env });
  if (!args.has("no-check")) {
    const paint = chosenPaint(args.has("no-color"), () => process.stderr.isTTY, process.env);
    await checkBeforeRun({ script: written, folder: workingFolder(args, cwd), ...(args.has("python") && { python: interpreter }) }, program, paint);
  }
  const gpus = await lookAtGpus(args.value("gpu"));
  const plan = planned(args, program, { script, scriptArgs, interpreter, gpus });
  const baselineMib = gpus.kind === "ok" ? Object.fromEntries(gpus.gpus.flatMap(({ uuid, memoryUsedMib }) => (memoryUsedMib === null ? [] : [[uuid, memoryUsedMib]]))) : {};
  const started = await start(plan, args, program, baselineMib);
  if (args.has("detach")) {
    output.print(`${started.id}\n`);
    return ExitCode.clean;
  }
  output.complain(`Run ${started.id}: ${previewOf(plan)}`);
  return attached(started, args, program);
}

async function lookAtGpus(written: string | undefined): Promise<GpuState> {
  if (written === "none") return { kind: "unavailable", at: "", reason: "no GPU", message: "" };
  try {
    return await readGpus({ command: nvidiaSmiCommand(process.env), ...(written === undefined && { timeoutMs: PATIENCE }) });
  } catch (error) {
    throw new Mistake(error instanceof Error ? error.message : String(error));
  }
}

interface Chosen {
  readonly script: string;
  readonly scriptArgs: readonly string[];
  readonly interpreter: string;
  readonly gpus: GpuState;
}

function planned(args: ParsedArguments, { cwd, smokeWrapper }: Program, { script, scriptArgs, interpreter, gpus }: Chosen): LaunchPlan {
  const env = variables(args.all("env"));
  const processes = args.value("processes");
  if (processes !== undefined && !/^[1-9]\d*$/u.test(processes)) throw new Mistake(`--processes: "${processes}" is no number of processes.`);
  try {
    return planLaunch({
      script,
      args: scriptArgs,
      env,
      baseEnv: process.env,
      cwd: workingFolder(args, cwd),
      interpreter,
      launcher: (args.value("launcher") ?? "python") as Launcher,
      gpus: gpuChoice(args.value("gpu"), gpus, env["CUDA_VISIBLE_DEVICES"] ?? process.env["CUDA_VISIBLE_DEVICES"]),
      knownGpus: gpus.kind === "ok" ? gpus.gpus : [],
      ...(args.has("smoke") && { smokeWrapper }),
      ...(processes !== undefined && { processes: Number(processes) }),
      workspace: cwd,
    });
  } catch (error) {
    throw error instanceof LaunchProblem ? new Mistake(error.message) : error;
  }
}

function workingFolder(args: ParsedArguments, cwd: string): string {
  const folder = args.value("cwd");
  return folder === undefined ? cwd : resolve(cwd, folder);
}

function variables(written: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    written.map((assignment) => {
      const equals = assignment.indexOf("=");
      if (equals < 1) throw new Mistake(`--env: "${assignment}" is no assignment. Write it like --env HF_HOME=/data.`);
      return [assignment.slice(0, equals), assignment.slice(equals + 1)];
    }),
  );
}

async function start(plan: LaunchPlan, args: ParsedArguments, { cwd, supervisor }: Program, baselineMib: Record<string, number>): Promise<StartedRun> {
  try {
    return await startRun(plan, { runs: runsFolderFor(args, cwd), supervisor, baselineMib });
  } catch (error) {
    throw error instanceof StartProblem ? new Mistake(error.message) : error;
  }
}

async function attached({ id, dir }: StartedRun, args: ParsedArguments, { output }: Program): Promise<number> {
  try {
    const ended = await showUntilItEnds(await asMistake(() => readRun(dir)), { output, noColour: args.has("no-color") });
    output.complain(endingText(ended));
    return exitCodeOf(ended);
  } catch (error) {
    if (error instanceof ReaderGone) output.complain(`Nobody reads its output here any more. The run goes on: hf-preflight logs -f ${id}`);
    throw error;
  }
}
