/** A run as its folder and its processes give it. */
import type { RunRecord } from "../../../runner/src/record.js";
import type { Run } from "../../../runner/src/runs.js";
import { start } from "./lines.js";

export const record: RunRecord = {
  schema: 1,
  id: "one",
  script: "/home/ada/train.py",
  argv: ["/usr/bin/python3", "/home/ada/train.py", "--name", "two words"],
  args: ["--name", "two words"],
  cwd: "/home/ada",
  env: { CUDA_DEVICE_ORDER: "PCI_BUS_ID", PYTHONUNBUFFERED: "1", WANDB_MODE: "offline", HF_TOKEN: "<redacted>" },
  interpreter: "/usr/bin/python3",
  launcher: "python",
  workspace: "/home/ada",
  versions: {},
  gpus: [],
  gpuMask: null,
  git: null,
  demo: false,
  smoke: false,
  host: "here",
  supervisor: { pid: 1, startTime: null },
  process: { pid: 2, startTime: null },
  started: start,
  ended: null,
  seconds: null,
  exitCode: null,
  signal: null,
  peakMemoryMib: null,
  peakAt: null,
  peakIs: null,
  baselineMib: {},
  leftovers: [],
  problem: null,
  paused: null,
};

export function runOf(changes: Partial<RunRecord> = {}, rest: Partial<Run> = {}): Run {
  return { record: { ...record, ...changes }, state: "running", reason: null, supervised: true, stops: [], dir: "/runs/one", ...rest };
}
