/**
 * Puts the lines of the process query together into rounds, by their timestamps: a round without processes prints nothing, so neither a
 * count nor an order could tell one from the next.
 */
import type { GpuProcess } from "./model.js";
import type { ProcessLine } from "./processLine.js";

export class ProcessRounds {
  private lines: ProcessLine[] = [];

  constructor(private readonly intervalMs: number) {}

  /** Takes a line; gives the round before it, where this line begins another. */
  push(line: ProcessLine): GpuProcess[] | undefined {
    const [first] = this.lines;
    const begins = first && (Math.abs(line.timestamp - first.timestamp) > this.intervalMs / 2 || this.lines.some((other) => sameProcess(other.process, line.process)));
    const round = begins ? this.flush() : undefined;
    this.lines.push(line);
    return round;
  }

  /** Gives what has come of a round, when nothing more seems to come. */
  flush(): GpuProcess[] | undefined {
    if (this.lines.length === 0) return undefined;
    const round = this.lines.map((line) => line.process);
    this.lines = [];
    return round;
  }
}

function sameProcess(a: GpuProcess, b: GpuProcess): boolean {
  return a.pid === b.pid && a.gpuUuid === b.gpuUuid;
}
