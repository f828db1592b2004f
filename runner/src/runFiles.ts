/** The names of the files in a run's folder. Each has one writer: the script its log, the supervisor the rest, who asks for a stop a file of their own. */

export const runFiles = {
  record: "run.json",
  log: "output.log",
  gpu: "gpu.jsonl",
  metrics: "metrics.jsonl",
  /** The script as it ran. */
  script: "script.py",
  /** What the work tree had beyond its commit. */
  diff: "worktree.diff",
  /** What the supervisor's own Node had to say; gone at the end when there was nothing. */
  supervisorLog: "supervisor.log",
} as const;

/** `stop-<time>-<pid>-<kind>.json`. */
export const stopFilePattern = /^stop-.+\.json$/u;
