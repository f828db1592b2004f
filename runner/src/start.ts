/** Starts a run: its folder, and the supervisor that outlives whoever asked. */
import type { LaunchPlan } from "./launch.js";

export interface StartOptions {
  /** The folder that holds all runs; made if it isn't there. */
  readonly runs: string;
  /** Path of the built supervisor, `dist/runner.js`. */
  readonly supervisor: string;
  /** How nvidia-smi is called; `HF_PREFLIGHT_NVIDIA_SMI` (a JSON array) of the environment, else `["nvidia-smi"]`. */
  readonly nvidiaSmi?: readonly string[];
  /** Between two samples; 1000 by default. */
  readonly intervalMs?: number;
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
export declare function startRun(plan: LaunchPlan, options: StartOptions): Promise<StartedRun>;
