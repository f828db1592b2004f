/** Watches the GPUs with two long-lived nvidia-smi processes: one says how the GPUs are, one who uses them. */
import { parseGpuLine } from "./gpuLine.js";
import { GpuRounds } from "./gpuRounds.js";
import type { GpuProcess, GpuReading, GpuState } from "./model.js";
import { parseProcessLine } from "./processLine.js";
import { ProcessRounds } from "./processRounds.js";
import { GPU_FIELDS, gpuQuery, processQuery, type GpuField } from "./query.js";
import { QueryProcess, type QueryEnd } from "./queryProcess.js";
import { RestartedQuery, type Retry } from "./restartedQuery.js";
import { noBinary, silence, unavailableFrom, unknownFieldIn, type Unavailable } from "./unavailable.js";

export interface GpuSamplerOptions {
  /** How nvidia-smi is called; `["nvidia-smi"]` by default. */
  readonly command?: readonly string[];
  readonly intervalMs: number;
  /** Called once per round, and when the readings stop. */
  onState(state: GpuState): void;
  /** Silence after which nvidia-smi counts as hanging. Without persistence mode its first answer may take many seconds. */
  readonly hangAfterMs?: number;
  /** The first wait before it is started again; it doubles up to a minute. */
  readonly restartAfterMs?: number;
}

export class GpuSampler {
  private readonly command: readonly string[];
  private readonly intervalMs: number;
  private readonly hangAfterMs: number;
  private readonly quietMs: number;
  private readonly gpuRounds = new GpuRounds();
  private readonly processRounds: ProcessRounds;
  private fields: readonly GpuField[] = GPU_FIELDS;
  private readonly gpus: RestartedQuery;
  private readonly users: RestartedQuery;
  private quietGpus: NodeJS.Timeout | undefined;
  private quietUsers: NodeJS.Timeout | undefined;
  private watch: NodeJS.Timeout | undefined;
  /** When the GPU query last said something that was understood, by the steady clock. */
  private heard = 0;
  /** When the GPU query gave its first line; undefined until then. */
  private gpusSince: number | undefined;
  /** When the process query was started; undefined while it isn't running. */
  private usersSince: number | undefined;
  private lastUsers: { readonly processes: readonly GpuProcess[]; readonly at: number } | undefined;
  private hanging = false;
  private running = false;

  constructor(private readonly options: GpuSamplerOptions) {
    this.command = options.command ?? ["nvidia-smi"];
    this.intervalMs = options.intervalMs;
    this.hangAfterMs = options.hangAfterMs ?? Math.max(10 * this.intervalMs, 15_000);
    // Lines of a round come within milliseconds of each other; on a busy machine within a fraction of the interval.
    this.quietMs = Math.min(this.intervalMs / 2, 250);
    this.processRounds = new ProcessRounds(this.intervalMs);
    const firstWaitMs = options.restartAfterMs ?? 1000;
    this.gpus = new RestartedQuery(firstWaitMs, (onEnd) => this.startGpus(onEnd));
    this.users = new RestartedQuery(firstWaitMs, (onEnd) => this.startUsers(onEnd));
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.heard = performance.now();
    this.gpus.start();
    this.users.start();
    this.watch = setInterval(() => this.lookForSilence(), Math.min(this.hangAfterMs / 4, 1000));
  }

  /** Resolves when both processes are gone. */
  async stop(): Promise<void> {
    this.running = false;
    for (const timer of [this.watch, this.quietGpus, this.quietUsers]) clearTimeout(timer);
    await Promise.all([this.gpus.stop(), this.users.stop()]);
  }

  private startGpus(onEnd: (retry: Retry) => void): QueryProcess {
    this.gpuRounds.restart();
    this.gpusSince = undefined;
    const { fields } = this;
    return new QueryProcess({
      argv: [...this.command, ...gpuQuery(fields, this.intervalMs)],
      onLine: (text) => {
        const line = parseGpuLine(text, fields);
        if (!line) return false;
        this.heard = performance.now();
        this.gpusSince ??= this.heard;
        this.hanging = false;
        this.gpus.worked();
        for (const round of this.gpuRounds.push(line)) this.tell(round);
        clearTimeout(this.quietGpus);
        this.quietGpus = setTimeout(() => {
          for (const round of this.gpuRounds.flush()) this.tell(round);
        }, this.quietMs);
        return true;
      },
      onEnd: (end) => onEnd(this.gpusEnded(end)),
    });
  }

  private gpusEnded({ exitCode, said, notFound }: QueryEnd): Retry {
    if (!this.running) return "never";
    this.heard = performance.now();
    const field = unknownFieldIn(said);
    if (field !== undefined && this.fields.some((known) => known === field)) {
      this.fields = this.fields.filter((known) => known !== field);
      return "at once";
    }
    // A hanging one that was killed has already been told of.
    if (!this.hanging) this.report(notFound ? noBinary(this.command[0] ?? "nvidia-smi") : unavailableFrom(said, exitCode));
    return notFound ? "rarely" : "later";
  }

  private startUsers(onEnd: (retry: Retry) => void): QueryProcess {
    const started = performance.now();
    // With no line for long enough there are no processes; until then nothing is known.
    this.lastUsers = undefined;
    this.usersSince = started;
    return new QueryProcess({
      argv: [...this.command, ...processQuery(this.intervalMs)],
      onLine: (text) => {
        const line = parseProcessLine(text);
        if (!line) return false;
        this.users.worked();
        this.takeUsers(this.processRounds.push(line));
        clearTimeout(this.quietUsers);
        this.quietUsers = setTimeout(() => this.takeUsers(this.processRounds.flush()), this.quietMs);
        return true;
      },
      onEnd: ({ notFound }) => {
        this.usersSince = undefined;
        this.lastUsers = undefined;
        onEnd(!this.running ? "never" : notFound ? "rarely" : "later");
      },
    });
  }

  private takeUsers(processes: readonly GpuProcess[] | undefined): void {
    if (processes) this.lastUsers = { processes, at: performance.now() };
  }

  /**
   * Who uses the GPUs. A running query that has been silent for several rounds says that nobody does; how long a start takes on this machine
   * can be seen from the other query.
   */
  private processes(): readonly GpuProcess[] | null {
    if (this.usersSince === undefined || this.gpusSince === undefined) return null;
    const now = performance.now();
    const patience = 3 * this.intervalMs + this.quietMs;
    if (this.lastUsers && now - this.lastUsers.at < patience) return this.lastUsers.processes;
    return now - Math.max(this.lastUsers?.at ?? this.usersSince, this.gpusSince) >= patience ? [] : null;
  }

  private tell(gpus: readonly GpuReading[]): void {
    if (this.running) this.options.onState({ kind: "ok", at: new Date().toISOString(), gpus, processes: this.processes() });
  }

  private report(unavailable: Unavailable): void {
    if (this.running) this.options.onState({ kind: "unavailable", at: new Date().toISOString(), ...unavailable });
  }

  private lookForSilence(): void {
    if (!this.gpus.isUp || this.hanging) return;
    const silent = performance.now() - this.heard;
    if (silent < this.hangAfterMs) return;
    this.hanging = true;
    this.report(silence(silent / 1000));
    this.gpus.kill();
    this.users.kill();
  }
}
