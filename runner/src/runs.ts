/** Reads runs: what their folders say, and what can be seen of their processes. Changes nothing. */
import type { RunRecord, RunState, StopRequest } from "./record.js";

export interface Run {
  readonly record: RunRecord;
  readonly state: RunState;
  /** Why it is `lost`, or what else is to be said of the state: a sentence. */
  readonly reason: string | null;
  /** Whether its supervisor lives; without it a running script is no longer sampled. */
  readonly supervised: boolean;
  /** The oldest first. */
  readonly stops: readonly StopRequest[];
  readonly dir: string;
}

export interface BrokenRun {
  readonly dir: string;
  /** A sentence. */
  readonly reason: string;
}

export interface RunList {
  /** The newest first. */
  readonly runs: readonly Run[];
  /** Folders that can't be understood. */
  readonly broken: readonly BrokenRun[];
}

/** Why a run can't be read: a sentence. */
export class RunUnreadable extends Error {}

/** Where runs are kept: `HF_PREFLIGHT_RUNS`, else `$XDG_STATE_HOME/hf-preflight/runs`, else the same below `~/.local/state`. */
export declare function runsFolder(env: Readonly<NodeJS.ProcessEnv>): string;

/**
 * @param before the run as it was read last: a running one whose folder has been removed since is given back as `lost`, with the reason.
 * @throws RunUnreadable
 */
export declare function readRun(dir: string, before?: Run): Promise<Run>;

/** A folder that isn't there holds no runs. */
export declare function listRuns(folder: string): Promise<RunList>;
