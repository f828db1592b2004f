/** Keeps a query running. */
import type { QueryProcess } from "./queryProcess.js";

const LONGEST_WAIT_MS = 60_000;

/** When a query that has ended is started again. */
export type Retry = "never" | "at once" | "later" | "rarely";

/** A query that is started again when it ends, at growing intervals. */
export class RestartedQuery {
  private process: QueryProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private waitMs: number;
  private stopped = true;

  constructor(
    private readonly firstWaitMs: number,
    private readonly run: (onEnd: (retry: Retry) => void) => QueryProcess,
  ) {
    this.waitMs = firstWaitMs;
  }

  get isUp(): boolean {
    return this.process !== undefined;
  }

  start(): void {
    this.stopped = false;
    this.process = this.run((retry) => {
      this.process = undefined;
      if (this.stopped || retry === "never") return;
      const wait = retry === "at once" ? 0 : retry === "rarely" ? LONGEST_WAIT_MS : this.waitMs;
      if (retry === "later") this.waitMs = Math.min(2 * this.waitMs, LONGEST_WAIT_MS);
      this.timer = setTimeout(() => this.start(), wait);
    });
  }

  /** It gives lines: the next wait is short again. */
  worked(): void {
    this.waitMs = this.firstWaitMs;
  }

  kill(): void {
    this.process?.kill();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.process?.stop();
  }
}
