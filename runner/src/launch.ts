/** From what a person chose to what is executed. Pure. */
import type { GpuReading } from "./gpu/model.js";
import type { Launcher } from "./record.js";

/** The GPUs of a run: what the environment allows, none, or these UUIDs. */
export type GpuChoice = "all" | "none" | readonly string[];

export type KnownGpu = Pick<GpuReading, "uuid" | "index">;

export interface LaunchRequest {
  /** Absolute path. */
  readonly script: string;
  readonly args: readonly string[];
  /** What the person sets, on top of `baseEnv`. */
  readonly env: Readonly<Record<string, string>>;
  /** The environment of who launches. */
  readonly baseEnv: Readonly<NodeJS.ProcessEnv>;
  /** Absolute path. */
  readonly cwd: string;
  /** Absolute path, or a name that `PATH` knows. */
  readonly interpreter: string;
  readonly launcher: Launcher;
  readonly gpus: GpuChoice;
  /** The GPUs of the machine; empty where they aren't known. A choice by UUID needs them. */
  readonly knownGpus: readonly KnownGpu[];
  /** Path of `smoke.py`, for a smoke run. */
  readonly smokeWrapper?: string;
  /** How many processes torchrun, accelerate or deepspeed start; by default one per chosen GPU. */
  readonly processes?: number;
  /** The GPU figures come from a stand-in. */
  readonly demo?: boolean;
  readonly workspace?: string;
  /** Versions of the libraries, where they are known; only kept in the record. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** Exactly what is executed. `env` is the whole environment, secrets included: it goes to the process and nowhere else. */
export interface LaunchPlan {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What of `env` the launch added or changed. */
  readonly added: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly interpreter: string;
  readonly launcher: Launcher;
  /** UUIDs of the GPUs that the run may use, as far as they are known. */
  readonly gpus: readonly string[];
  readonly gpuMask: string | null;
  readonly smoke: boolean;
  readonly demo: boolean;
  readonly workspace: string | null;
  readonly versions: Readonly<Record<string, string>>;
}

/** Why a launch can't be: a sentence that says what to do. */
export class LaunchProblem extends Error {}

/** @throws LaunchProblem */
export declare function planLaunch(request: LaunchRequest): LaunchPlan;

/** The plan as a command line for a POSIX shell: pasted there, it does the same. Secrets are left out. */
export declare function previewOf(plan: LaunchPlan): string;
