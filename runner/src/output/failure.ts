/** Explains why a run failed, from the end of its log: one sentence, what to do, and the line of the script. */
import { argumentErrors } from "./explain/argumentErrors.js";
import { distributedErrors } from "./explain/distributedErrors.js";
import { explainedEnd } from "./explain/endOfProcess.js";
import type { Explainer, Explanation } from "./explain/explanation.js";
import { fileErrors } from "./explain/fileErrors.js";
import { gpuErrors } from "./explain/gpuErrors.js";
import { hubErrors } from "./explain/hubErrors.js";
import { lossErrors } from "./explain/lossErrors.js";
import { missingModules } from "./explain/missingModules.js";
import { outOfMemory } from "./explain/outOfMemory.js";
import { ownFrame, raisedErrors, type RaisedError, type ScriptPlace } from "./traceback.js";

export { tracebackFrames, type ScriptPlace, type TracebackFrame } from "./traceback.js";

export type FailureKind =
  | "cuda-oom"
  | "host-memory"
  | "killed"
  | "missing-module"
  | "argument"
  | "nan-loss"
  | "missing-file"
  | "hub"
  | "syntax"
  | "gpu"
  | "distributed"
  | "disk"
  | "device-assert"
  | "crash"
  | "exception";

export interface Failure {
  readonly kind: FailureKind;
  /** What happened, in one sentence. */
  readonly sentence: string;
  /** What to do, the likeliest first. */
  readonly advice: readonly string[];
  /** The innermost line of the user's own code. */
  readonly script?: ScriptPlace;
  /** The rule that finds this before a run. */
  readonly ruleId?: string;
  /** Names and numbers that were read: `asked`, `free`, `total`, `phase`, `module`, `argument`, `class`. */
  readonly details?: Readonly<Record<string, string>>;
}

export interface FailureEvidence {
  /** The end of the log, decoded. */
  readonly tail: string;
  /** Null when a signal ended the process, or when it isn't known. */
  readonly exitCode: number | null;
  /** "SIGKILL". */
  readonly signal: string | null;
  /** The script that ran; it tells whose line a traceback's frame is. */
  readonly scriptPath?: string;
  /** Names of logged values that were NaN or infinite at the last logging, if any. */
  readonly notFinite?: readonly string[];
}

/** The first that has something to say counts. */
const EXPLAINERS: readonly Explainer[] = [outOfMemory, gpuErrors, missingModules, argumentErrors, hubErrors, distributedErrors, lossErrors, fileErrors];

/** What the launchers and the other ranks say when a rank has failed: never the cause. */
const CONSEQUENCES = /^(ChildFailedError|CalledProcessError|SystemExit|KeyboardInterrupt|SignalException|DistBackendError|BrokenPipeError|ConnectionResetError|EOFError|RemoteError|WorkerError)$/u;

/** Undefined when the run did not fail, or was stopped by the user's own Ctrl-C. */
export function explainFailure({ tail, exitCode, signal, scriptPath, notFinite = [] }: FailureEvidence): Failure | undefined {
  if (exitCode === 0) return notFinite.length > 0 ? lossNotFinite(notFinite) : undefined;
  const errors = raisedErrors(tail);
  const cause = causeAmong(errors);
  if (cause) {
    const explanation = EXPLAINERS.map((explain) => explain(cause, tail)).find((each) => each !== undefined) ?? plainly(cause);
    const place = ownFrame(cause.frames, scriptPath) ?? ownFrame(errors.flatMap((error) => error.frames), scriptPath);
    return { ...explanation, ...(place ? { script: { path: place.path, line: place.line } } : {}) };
  }
  return explainedEnd({ tail, exitCode, signal });
}

/** The last error that isn't the consequence of another; of several ranks that fail in the same way it makes no difference. */
function causeAmong(errors: readonly RaisedError[]): RaisedError | undefined {
  const causes = errors.filter((error) => !CONSEQUENCES.test(error.type));
  const memory = causes.find((error) => outOfMemory(error, "")?.kind === "cuda-oom");
  // One rank out of memory makes the others fail in communication.
  return memory && causes.some((error) => error.rank !== memory.rank) ? memory : (causes.at(-1) ?? errors.filter((error) => !/^(KeyboardInterrupt|SystemExit|SignalException)$/u.test(error.type)).at(-1));
}

function lossNotFinite(names: readonly string[]): Explanation {
  return {
    kind: "nan-loss",
    sentence: `The run ended, but ${names.join(" and ")} was NaN or infinite at the last logging: the model has learnt nothing since.`,
    advice: ["Lower the learning rate or raise warmup_steps.", "Use bf16 instead of fp16 where the GPU can.", "Look for empty examples, or labels that are all -100."],
  };
}

function plainly({ type, message }: RaisedError): Explanation {
  const [first = ""] = message.split("\n");
  return { kind: "exception", sentence: first === "" ? `The script raised ${type}.` : `The script raised ${type}: ${shortened(first)}`, advice: [] };
}

function shortened(text: string): string {
  return text.length > 240 ? `${text.slice(0, 239)}…` : text;
}
