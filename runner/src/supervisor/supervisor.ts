/**
 * One per run: starts the script in a process group of its own, watches it, and writes down how it ended. The script's output goes
 * straight into its log, so that the script needs the supervisor for nothing.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { codeOf, noRoomReason } from "../failedWrite.js";
import { identityOf } from "../processIdentity.js";
import { RunClock } from "../runClock.js";
import { runFiles } from "../runFiles.js";
import { leftoversOf, RUN_VARIABLE } from "../runProcesses.js";
import { firstRecord } from "./firstRecord.js";
import { GpuWatch } from "./gpuWatch.js";
import { Journal } from "./journal.js";
import { MetricsReader } from "./metricsReader.js";
import type { SupervisorRequest } from "./request.js";
import { copyScript, recordGit } from "./snapshot.js";

/** For children that end with the script, a moment after it. Milliseconds. */
const LEFTOVERS_AFTER = 1_500;
/** How long the end of the run waits for room on a full disk: a day, in steps of 2 s. */
const MOST_TRIES = 43_200;

/** Why the script could not be started: a sentence. */
export class NotStarted extends Error {}

interface Ending {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export class Supervisor {
  private readonly clock = new RunClock();
  private readonly journal: Journal;
  private readonly log: string;

  constructor(private readonly request: SupervisorRequest) {
    this.journal = new Journal(request.dir, firstRecord(request, this.clock.stamp()), this.clock);
    this.log = join(request.dir, runFiles.log);
  }

  /**
   * Starts the script.
   *
   * @returns what resolves when it has ended and all is written.
   * @throws NotStarted
   */
  async start(): Promise<() => Promise<void>> {
    const { plan, dir, nvidiaSmi, intervalMs } = this.request;
    this.createRecord();
    copyScript(plan.script, dir, this.journal);
    const { child, ended } = await this.launch();
    const metrics = new MetricsReader(this.log, this.journal, this.clock);
    const gpus = new GpuWatch({ command: nvidiaSmi, intervalMs, root: child.pid ?? 0 }, this.journal, this.clock);
    gpus.start();
    metrics.start();
    const git = recordGit(plan.script, dir, this.journal);
    return async () => {
      const ending = await ended;
      const end = this.clock.stamp();
      this.journal.update({ ended: end, seconds: this.clock.seconds(), ...ending });
      await gpus.stop();
      metrics.finish(new Date(end));
      this.journal.addMetrics([{ t: end, kind: "event", event: "end" }]);
      await git;
      await this.lastWords();
    };
  }

  /** The supervisor itself is told to end: the script goes on. */
  leave(signal: string): void {
    this.journal.note(`The supervisor was ended by ${signal}; the script went on without it.`);
  }

  private createRecord(): void {
    try {
      this.journal.create();
    } catch (error) {
      throw new NotStarted(`The run can't be recorded in ${this.request.dir}: ${noRoomReason(error) ?? String(error)}.`);
    }
  }

  private async launch(): Promise<{ child: ChildProcess; ended: Promise<Ending> }> {
    const { id, plan } = this.request;
    const [program = "", ...args] = plan.argv;
    const log = openSync(this.log, "a", 0o600);
    const child = started(() => spawn(program, args, { cwd: plan.cwd, env: { ...plan.env, [RUN_VARIABLE]: id }, detached: true, stdio: ["ignore", log, log], windowsHide: true }), program);
    // At once: from here on somebody has to know of it.
    if (child.pid !== undefined) this.journal.update({ process: identityOf(child.pid) });
    closeSync(log);
    const ended = new Promise<Ending>((resolve) => child.once("exit", (exitCode, signal) => resolve({ exitCode, signal })));
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (error) => reject(new NotStarted(spawnProblem(program, error))));
    });
    this.journal.addMetrics([{ t: this.journal.record.started, kind: "event", event: "start" }]);
    return { child, ended };
  }

  private async lastWords(): Promise<void> {
    if (leftoversOf(this.journal.record).length > 0) await after(LEFTOVERS_AFTER);
    const leftovers = leftoversOf(this.journal.record);
    for (let tries = 0; !this.journal.finish({ leftovers, paused: null }) && tries < MOST_TRIES; tries++) await after(2_000);
    this.journal.close();
    removeIfEmpty(join(this.request.dir, runFiles.supervisorLog));
  }
}

/** Some failures are thrown, others come as an event. */
function started(spawned: () => ChildProcess, program: string): ChildProcess {
  try {
    return spawned();
  } catch (error) {
    throw new NotStarted(spawnProblem(program, error));
  }
}

function spawnProblem(program: string, error: unknown): string {
  switch (codeOf(error)) {
    case "ENOENT":
      return `Can't start ${program}: there is no such program.`;
    case "EACCES":
      return `Can't start ${program}: it may not be executed.`;
    case "E2BIG":
      return `Can't start ${program}: its arguments and environment variables are too long.`;
    default:
      return `Can't start ${program}: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function removeIfEmpty(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.size === 0) rmSync(path, { force: true });
}
