/** Starts a run: its folder, and the supervisor that outlives whoever asked. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, parse } from "node:path";
import { text } from "node:stream/consumers";
import { codeOf, noRoomReason } from "./failedWrite.js";
import type { LaunchPlan } from "./launch.js";
import { nvidiaSmiCommand } from "./nvidiaSmiCommand.js";
import { runFiles } from "./runFiles.js";
import { supervisorAnswerSchema, type SupervisorRequest } from "./supervisor/request.js";

export interface StartOptions {
  /** The folder that holds all runs; made if it isn't there. */
  readonly runs: string;
  /** Path of the built supervisor, `dist/runner.js`. */
  readonly supervisor: string;
  /** How nvidia-smi is called; `HF_PREFLIGHT_NVIDIA_SMI` (a JSON array) of the environment, else `["nvidia-smi"]`. */
  readonly nvidiaSmi?: readonly string[];
  /** Between two samples; 1000 by default. */
  readonly intervalMs?: number;
  /** GPU memory in use now, by UUID, where somebody has just looked; else the first sample says it. */
  readonly baselineMib?: Readonly<Record<string, number>>;
}

export interface StartedRun {
  readonly id: string;
  readonly dir: string;
}

/** Why the script could not be started: a sentence. */
export class StartProblem extends Error {}

/**
 * Resolves when the script's process is there and `run.json` says so; runs on this process's own Node. The run needs the caller no more.
 *
 * @throws StartProblem and leaves no folder behind.
 */
export async function startRun(plan: LaunchPlan, options: StartOptions): Promise<StartedRun> {
  checkPlaces(plan, options);
  const { id, dir } = makeFolder(options.runs);
  try {
    await startSupervisor(options.supervisor, { id, dir, ...requestOf(plan, options) });
    return { id, dir };
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

function requestOf(plan: LaunchPlan, { nvidiaSmi, intervalMs = 1000, baselineMib = {} }: StartOptions): Omit<SupervisorRequest, "id" | "dir"> {
  try {
    const { argv, env, added, args, gpus, versions, ...rest } = plan;
    return {
      plan: { ...rest, argv: [...argv], env: { ...env }, added: { ...added }, args: [...args], gpus: [...gpus], versions: { ...versions } },
      nvidiaSmi: [...(nvidiaSmi ?? nvidiaSmiCommand(process.env))],
      intervalMs,
      baselineMib: { ...baselineMib },
    };
  } catch (error) {
    throw new StartProblem(error instanceof Error ? error.message : String(error));
  }
}

/** The system says of a missing working directory that the program isn't there. */
function checkPlaces({ script, cwd }: LaunchPlan, { supervisor }: StartOptions): void {
  if (!statSync(script, { throwIfNoEntry: false })?.isFile()) throw new StartProblem(`There is no script ${script}.`);
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) throw new StartProblem(`The working directory ${cwd} is not there.`);
  if (!statSync(supervisor, { throwIfNoEntry: false })?.isFile()) throw new StartProblem(`HF Preflight is not complete: ${supervisor} is missing. Build or install it again.`);
}

/** Named so that the names are in the order of the launches. */
function makeFolder(runs: string): StartedRun {
  try {
    mkdirSync(runs, { recursive: true, mode: 0o700 });
    for (;;) {
      const time = new Date().toISOString().replace(/[-:]|\.\d+Z/gu, "").replace("T", "-");
      const id = `${time}-${randomBytes(2).toString("hex")}`;
      const dir = join(runs, id);
      try {
        mkdirSync(dir, { mode: 0o700 });
        return { id, dir };
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
      }
    }
  } catch (error) {
    throw new StartProblem(`The run can't be kept in ${runs}: ${noRoomReason(error) ?? (error instanceof Error ? error.message : String(error))}.`);
  }
}

async function startSupervisor(supervisor: string, request: SupervisorRequest): Promise<void> {
  const log = join(request.dir, runFiles.supervisorLog);
  const stderr = openSync(log, "a", 0o600);
  const child = spawn(process.execPath, [supervisor], { detached: true, stdio: ["pipe", "pipe", stderr], cwd: parse(homedir()).root, env: ownEnvironment(), windowsHide: true });
  closeSync(stderr);
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new StartProblem("The supervisor could not be started.");
  const failed = new Promise<never>((_, reject) => {
    child.once("error", (error) => reject(new StartProblem(`The supervisor could not be started: ${error.message}.`)));
  });
  // One that ends before it has read its input has more to say in its log.
  stdin.on("error", () => undefined);
  stdin.end(JSON.stringify(request));
  const answer = supervisorAnswerSchema.safeParse(parsedOrNothing(await Promise.race([text(stdout), failed])));
  child.unref();
  if (!answer.success) throw new StartProblem(`The supervisor ended before it could start the script. ${readFileSync(log, "utf8").trim().slice(0, 2_000)}`.trim());
  if ("problem" in answer.data) throw new StartProblem(answer.data.problem);
}

/** Of the supervisor: VS Code's own Node has to be told to be one, and must not take up the debugger that its parent may run under. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  delete env["NODE_OPTIONS"];
  return env;
}

function parsedOrNothing(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Nothing was said, or not all of it: its log says why.
    return undefined;
  }
}
