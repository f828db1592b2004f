/** Asks a run to stop: a request of its own beside the record, and a signal to the process group, so that it works without the supervisor too. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { SCHEMA, type StopKind, type StopRequest } from "./record.js";
import { groupOf, signalRun } from "./runProcesses.js";
import { readRun, type Run } from "./runs.js";

export type StopOutcome =
  /** The signal was sent. */
  | { readonly kind: "asked" }
  /** There is nothing left to stop. */
  | { readonly kind: "gone" };

/** Why a run can't be stopped from here: a sentence. */
export class StopProblem extends Error {}

const signals = { interrupt: "SIGINT", terminate: "SIGTERM", kill: "SIGKILL" } as const;

/** Between two looks at a group that is ending. Milliseconds. */
const LOOK = 50;

/**
 * @param by who asks: "terminal", "editor".
 * @param before the run as it was read last, so that one whose folder has been removed can still be stopped.
 * @throws StopProblem, RunUnreadable
 */
export async function stopRun(dir: string, how: StopKind, by: string, before?: Run): Promise<StopOutcome> {
  const { record } = await readRun(dir, before);
  if (groupOf(record).length === 0) {
    if (record.ended === null && record.host !== hostname()) throw new StopProblem(`The run ${record.id} is on ${record.host}: stop it there.`);
    return { kind: "gone" };
  }
  // Before the signal: who reads that the script has ended has to find out why. What a run has left behind is stopped without a word.
  if (record.ended === null) writeRequest(dir, { schema: SCHEMA, how, asked: new Date().toISOString(), by });
  try {
    return { kind: signalRun(record, signals[how]) ? "asked" : "gone" };
  } catch (error) {
    throw new StopProblem(`The run ${record.id} can't be stopped: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/**
 * Resolves with true when no process of the run's group is left, with false after `timeoutMs`.
 *
 * @throws RunUnreadable
 */
export async function waitUntilGone(dir: string, timeoutMs: number, before?: Run): Promise<boolean> {
  const { record } = await readRun(dir, before);
  for (const end = performance.now() + timeoutMs; ; ) {
    if (groupOf(record).length === 0) return true;
    if (performance.now() >= end) return false;
    await after(LOOK);
  }
}

/** A request that can't be written (the disk is full, the folder gone) doesn't keep the signal from being sent. */
function writeRequest(dir: string, request: StopRequest): void {
  const name = `stop-${request.asked.replace(/[:.]/gu, "")}-${process.pid}-${request.how}.json`;
  const path = join(dir, `.${name}`);
  try {
    writeFileSync(path, `${JSON.stringify(request)}\n`, { mode: 0o600 });
    renameSync(path, join(dir, name));
  } catch {
    // Then the run will be told as failed by a signal, which is true as well.
    rmSync(path, { force: true });
  }
}
