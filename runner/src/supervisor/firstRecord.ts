/** The record of a run that is about to begin. */
import { hostname } from "node:os";
import { identityOf } from "../processIdentity.js";
import { SCHEMA, type RunRecord } from "../record.js";
import { redactedArguments, redactedEnvironment } from "../redact.js";
import type { SupervisorRequest } from "./request.js";

export function firstRecord({ id, plan, baselineMib }: SupervisorRequest, started: string): RunRecord {
  const cuda = Object.entries(plan.env).filter(([name]) => name.startsWith("CUDA_"));
  return {
    schema: SCHEMA,
    id,
    script: plan.script,
    argv: redactedArguments(plan.argv, plan.env),
    args: redactedArguments(plan.args, plan.env),
    cwd: plan.cwd,
    env: redactedEnvironment({ ...Object.fromEntries(cuda), ...plan.added }),
    interpreter: plan.interpreter,
    launcher: plan.launcher,
    workspace: plan.workspace,
    versions: plan.versions,
    gpus: plan.gpus,
    gpuMask: plan.gpuMask,
    git: null,
    demo: plan.demo,
    smoke: plan.smoke,
    host: hostname(),
    supervisor: identityOf(process.pid),
    process: null,
    started,
    ended: null,
    seconds: null,
    exitCode: null,
    signal: null,
    peakMemoryMib: null,
    peakAt: null,
    peakIs: null,
    baselineMib,
    leftovers: [],
    problem: null,
    paused: null,
  };
}
