/** `hf-preflight stop`: asks, then insists. */
import { setTimeout as after } from "node:timers/promises";
import { stopKinds } from "../../../runner/src/record.js";
import type { Run } from "../../../runner/src/runs.js";
import { StopProblem, stopRun, waitUntilGone } from "../../../runner/src/stop.js";
import type { ParsedArguments } from "../arguments/parse.js";
import { ExitCode, Mistake } from "../mistake.js";
import type { Program } from "../program.js";
import { endingText } from "../run/ending.js";
import { readAgain, runNamed } from "../run/runNamed.js";

const DEFAULT_TIMEOUT = 30;
/** After SIGKILL the system needs a moment, more where a GPU is to be given back. Seconds. */
const AFTER_KILL = 30;
/** Within this the supervisor writes down how it ended. Milliseconds. */
const LAST_WORDS = 5_000;

const names = { interrupt: "SIGINT", terminate: "SIGTERM", kill: "SIGKILL" } as const;

export async function stop(args: ParsedArguments, program: Program): Promise<ExitCode> {
  const { output } = program;
  const [id] = args.operands;
  if (id === undefined) throw new Mistake('Which run? hf-preflight stop ID; "hf-preflight runs" lists them.');
  const timeout = secondsIn(args.value("timeout"));
  const run = await runNamed(id, args, program);
  for (const how of stopKinds) {
    const { kind } = await ask(run, how);
    if (kind === "gone") return ended(run, program, how === "interrupt");
    const patience = how === "kill" ? AFTER_KILL : timeout;
    output.complain(`Sent ${names[how]} to run ${run.record.id}; waiting up to ${patience} s.`);
    if (await waitUntilGone(run.dir, patience * 1000, run)) return ended(run, program, false);
  }
  throw new Mistake(`The run ${run.record.id} doesn't end, not even by SIGKILL: its processes wait for the system (a driver, a network file system).`);
}

async function ask(run: Run, how: (typeof stopKinds)[number]): ReturnType<typeof stopRun> {
  try {
    return await stopRun(run.dir, how, "terminal", run);
  } catch (error) {
    throw error instanceof StopProblem ? new Mistake(error.message) : error;
  }
}

async function ended(before: Run, { output }: Program, wasGone: boolean): Promise<ExitCode> {
  let run = await readAgain(before);
  for (const end = performance.now() + LAST_WORDS; run.state === "running" && performance.now() < end; ) {
    await after(50);
    run = await readAgain(run);
  }
  output.complain(`Run ${run.record.id}${wasGone ? " was not running" : ""}: ${endingText(run)}`);
  return ExitCode.clean;
}

function secondsIn(written: string | undefined): number {
  if (written === undefined) return DEFAULT_TIMEOUT;
  const seconds = Number(written);
  if (!Number.isFinite(seconds) || seconds < 0) throw new Mistake(`--timeout: "${written}" is no number of seconds.`);
  return seconds;
}
