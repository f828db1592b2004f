/** From what a person chose to what is executed. Pure. */
import { delimiter, dirname, isAbsolute } from "node:path";
import type { GpuReading } from "./gpu/model.js";
import { maskOf, visibleGpus } from "./gpuMask.js";
import type { Launcher } from "./launchers.js";
import { redactedArguments, redactedValue } from "./redact.js";
import { shellQuote } from "./shellQuote.js";

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
  /** How many processes torchrun, accelerate or deepspeed start; torchrun's default is one per GPU that the run may use. */
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

/** What the editor's own processes need, and no script. */
const editorVariable = /^(?:ELECTRON_|VSCODE_)/u;

const MASK = "CUDA_VISIBLE_DEVICES";

/** @throws LaunchProblem */
export function planLaunch(request: LaunchRequest): LaunchPlan {
  for (const name of Object.keys(request.env)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/u.test(name)) throw new LaunchProblem(`"${name}" is no name of an environment variable: use letters, digits and underscores.`);
  }
  const base = withoutEditor(request.baseEnv);
  const mask = chosenMask(request, request.env[MASK] ?? base[MASK]);
  const added = changesTo(base, {
    PYTHONUNBUFFERED: "1",
    CUDA_DEVICE_ORDER: "PCI_BUS_ID",
    ...pathWith(request.interpreter, base),
    ...request.env,
    ...(mask !== undefined && { [MASK]: mask }),
  });
  const env = { ...base, ...added };
  const gpuMask = env[MASK] ?? null;
  const gpus = visibleGpus(gpuMask, request.knownGpus);
  return {
    argv: argvOf(request, gpuMask !== null, gpus.length),
    env,
    added,
    cwd: request.cwd,
    script: request.script,
    args: request.args,
    interpreter: request.interpreter,
    launcher: request.launcher,
    gpus,
    gpuMask,
    smoke: request.smokeWrapper !== undefined,
    demo: request.demo ?? false,
    workspace: request.workspace ?? null,
    versions: request.versions ?? {},
  };
}

/** A mask that is set already is respected: what is chosen has to lie within it. */
function chosenMask({ gpus, knownGpus }: LaunchRequest, set: string | undefined): string | undefined {
  if (typeof gpus !== "string" && gpus.length === 0) throw new LaunchProblem("No GPU is chosen. Choose at least one, or none at all to run on the CPU.");
  if (set !== undefined && typeof gpus !== "string") {
    const visible = visibleGpus(set, knownGpus);
    const outside = gpus.find((uuid) => !visible.includes(uuid));
    const index = knownGpus.find(({ uuid }) => uuid === outside)?.index ?? outside ?? "";
    if (outside !== undefined) throw new LaunchProblem(`GPU ${index} is not among those that ${MASK}=${set} allows. Choose one of these, or unset ${MASK}.`);
  }
  return maskOf(gpus, knownGpus);
}

function argvOf(request: LaunchRequest, isMasked: boolean, usable: number): string[] {
  const { interpreter, script, args, smokeWrapper, processes } = request;
  const scriptAndArgs = [...(smokeWrapper === undefined ? [] : [smokeWrapper]), script, ...args];
  switch (request.launcher) {
    case "python":
      return [interpreter, ...scriptAndArgs];
    case "uv":
      return ["uv", "run", ...(smokeWrapper === undefined ? [] : ["--", "python"]), ...scriptAndArgs];
    // As modules of the chosen interpreter: a `torchrun` on the PATH may belong to another environment.
    case "torchrun":
      return [interpreter, "-m", "torch.distributed.run", "--standalone", `--nproc_per_node=${processes ?? (usable || 1)}`, ...scriptAndArgs];
    case "accelerate":
      return [interpreter, "-m", "accelerate.commands.launch", ...(processes === undefined ? [] : [`--num_processes=${processes}`]), ...scriptAndArgs];
    case "deepspeed":
      // With a count of its own, deepspeed leaves the mask aside.
      return [interpreter, "-m", "deepspeed.launcher.runner", ...(processes === undefined || isMasked ? [] : [`--num_gpus=${processes}`]), ...scriptAndArgs];
  }
}

/** As an activated environment has it: what the script starts by name is that of its own interpreter. */
function pathWith(interpreter: string, base: Readonly<Record<string, string>>): Record<string, string> {
  if (!isAbsolute(interpreter)) return {};
  const folder = dirname(interpreter);
  const name = Object.keys(base).find((each) => each.toUpperCase() === "PATH") ?? "PATH";
  const path = base[name] ?? "";
  return path.split(delimiter).includes(folder) ? {} : { [name]: path === "" ? folder : `${folder}${delimiter}${path}` };
}

function withoutEditor(env: Readonly<NodeJS.ProcessEnv>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined && !editorVariable.test(name)) kept[name] = value;
  return kept;
}

function changesTo(base: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => base[name] !== value));
}

/** The plan as a command line for a POSIX shell: pasted there, it does the same. Secrets are left out. */
export function previewOf(plan: LaunchPlan): string {
  const variables = Object.entries(plan.added).map(([name, value]) => {
    const [folder, ...rest] = value.split(delimiter);
    // The rest of it is what the shell has already.
    if (name === "PATH" && folder === dirname(plan.interpreter)) return `PATH=${shellQuote(folder)}${rest.length > 0 ? `${delimiter}"$PATH"` : ""}`;
    return `${name}=${value === "" ? "" : shellQuote(redactedValue(name, value))}`;
  });
  return [...variables, ...redactedArguments(plan.argv, plan.env).map(shellQuote)].join(" ");
}
