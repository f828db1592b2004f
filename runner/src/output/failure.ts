/** Explains why a run failed, from the end of its log: one sentence, what to do, and the line of the script. */

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

/** A place in a file that a traceback names. */
export interface ScriptPlace {
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

export interface TracebackFrame extends ScriptPlace {
  /** The function, or `<module>`. */
  readonly name: string;
  /** Where the frame's line starts in the text, in UTF-16 units, and its length: what a link covers. */
  readonly offset: number;
  readonly length: number;
  /** Whether the file belongs to an installed library or to Python itself. */
  readonly library: boolean;
}

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
  /** Names and numbers that were read: `asked`, `free`, `total`, `module`, `argument`, `class`. */
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
}

export function explainFailure(evidence: FailureEvidence): Failure | undefined {
  void evidence;
  return undefined;
}

/** The frames of the tracebacks in a text, in the order in which they stand. */
export function tracebackFrames(tail: string): TracebackFrame[] {
  void tail;
  return [];
}
