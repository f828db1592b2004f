/** Shows a run until it ends: its output and, on a terminal, one live line. The run needs none of this and goes on when it stops. */
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { isNotThere } from "../../../runner/src/failedWrite.js";
import { FileTail } from "../../../runner/src/fileTail.js";
import { gpuLineSchema, metricLineSchema, stopKinds, type GpuLine, type MetricLine } from "../../../runner/src/record.js";
import { runFiles } from "../../../runner/src/runFiles.js";
import type { Run } from "../../../runner/src/runs.js";
import { stopRun } from "../../../runner/src/stop.js";
import type { Output } from "../terminal/output.js";
import { LiveLine } from "../terminal/liveLine.js";
import { chosenPaint, type Paint } from "../terminal/style.js";
import { JsonLinesTail } from "./jsonLinesTail.js";
import { readAgain } from "./runNamed.js";
import { ScriptLines } from "./scriptLines.js";
import { RunStatus } from "./statusLine.js";

/** Between two looks at the log. Milliseconds. */
const LOOK = 100;
/** Between two looks at the record. */
const LOOK_AT_RECORD = 500;
/** Of the log, between two drawings of the live line. */
const PIECES_AT_ONCE = 16;

const asked = [
  "Asked the script to stop (SIGINT), so that it can save. Ctrl-C again sends SIGTERM.",
  "Asked the script to stop (SIGTERM). Ctrl-C again kills it (SIGKILL).",
  "Killed the script (SIGKILL).",
];

export interface AttachedOptions {
  readonly output: Output;
  readonly noColour: boolean;
}

/** @returns the run as it ended. */
export async function showUntilItEnds(run: Run, options: AttachedOptions): Promise<Run> {
  const shown = process.stdout.isTTY && process.env["TERM"] !== "dumb" ? new OnTerminal(run, options) : new Plain(run, options);
  const stop = listenForSignals(() => shown.run, (line) => shown.say(line));
  try {
    return await shown.follow();
  } finally {
    stop();
    shown.close();
  }
}

/** The bytes as they come. */
class Plain {
  private log: FileTail | undefined;

  constructor(
    public run: Run,
    protected readonly options: AttachedOptions,
  ) {}

  async follow(): Promise<Run> {
    for (let looked = -Infinity; ; ) {
      const now = performance.now();
      if (now - looked >= LOOK_AT_RECORD) {
        looked = now;
        this.run = await readAgain(this.run);
      }
      const hasMore = this.showSome();
      if (this.run.state !== "running") {
        while (this.showSome());
        this.finish();
        return this.run;
      }
      if (!hasMore) await after(LOOK);
    }
  }

  say(line: string): void {
    this.options.output.complain(line);
  }

  close(): void {
    this.log?.close();
  }

  protected show(piece: Uint8Array): void {
    this.options.output.printBytes(piece);
  }

  protected finish(): void {
    return;
  }

  /** @returns whether there may be more at once. */
  protected showSome(): boolean {
    for (let count = 0; count < PIECES_AT_ONCE; count++) {
      const piece = this.openLog()?.read();
      if (!piece) return false;
      this.show(piece);
    }
    return true;
  }

  private openLog(): FileTail | undefined {
    try {
      return (this.log ??= new FileTail(join(this.run.dir, runFiles.log)));
    } catch (error) {
      if (isNotThere(error)) return undefined;
      throw error;
    }
  }
}

/** Lines, and below them how it is going. */
class OnTerminal extends Plain {
  private readonly paint: Paint;
  private readonly lines: ScriptLines;
  private readonly live: LiveLine;
  private readonly status = new RunStatus();
  private readonly metrics: JsonLinesTail<MetricLine>;
  private readonly gpu: JsonLinesTail<GpuLine>;
  private readonly started: number;
  private readonly isUnicode = /utf-?8/iu.test(process.env["LC_ALL"] || process.env["LC_CTYPE"] || process.env["LANG"] || "UTF-8");
  private readonly onResize = (): void => this.live.resized();

  constructor(run: Run, options: AttachedOptions) {
    super(run, options);
    this.paint = chosenPaint(options.noColour, () => true, process.env);
    this.lines = new ScriptLines(this.paint("x", "bold") !== "x");
    this.live = new LiveLine({ write: (text) => options.output.print(text), columns });
    this.metrics = new JsonLinesTail(join(run.dir, runFiles.metrics), (json) => metricLineSchema.safeParse(json).data);
    this.gpu = new JsonLinesTail(join(run.dir, runFiles.gpu), (json) => gpuLineSchema.safeParse(json).data);
    this.started = performance.now() - (Date.now() - Date.parse(run.record.started));
    process.stdout.on("resize", this.onResize);
  }

  override say(line: string): void {
    this.live.clear();
    super.say(line);
  }

  override close(): void {
    super.close();
    process.stdout.off("resize", this.onResize);
    this.metrics.close();
    this.gpu.close();
  }

  protected override show(piece: Uint8Array): void {
    this.live.print(this.lines.push(piece));
  }

  protected override finish(): void {
    this.live.print(this.lines.end());
    this.live.clear();
  }

  protected override showSome(): boolean {
    const hasMore = super.showSome();
    const now = performance.now();
    this.status.addMetrics(this.metrics.read(), now);
    this.status.addGpu(this.gpu.read());
    if (this.run.state === "running") {
      const style = { columns: columns(), paint: this.paint, isUnicode: this.isUnicode };
      const { text, width } = this.status.line({ elapsed: (now - this.started) / 1000, unfinished: this.lines.unfinished, now, ...this.note() }, style);
      this.live.show(text, width);
    }
    return hasMore;
  }

  private note(): { readonly note?: string } {
    const { record, supervised } = this.run;
    if (!supervised) return { note: "no longer recorded" };
    return record.paused ? { note: `recording paused: ${record.paused.reason.replace(/^Nothing could be recorded: |\.$/gu, "")}` } : {};
  }
}

function columns(): number {
  return process.stdout.columns || 80;
}

/** Ctrl-C asks the script to stop, each time more firmly; SIGTERM is meant for the script as well; a hang-up leaves it alone. */
function listenForSignals(run: () => Run, say: (line: string) => void): () => void {
  let times = 0;
  const ask = (index: number): void => {
    const how = stopKinds[index] ?? "kill";
    const current = run();
    stopRun(current.dir, how, "terminal", current).then(
      ({ kind }) => say(kind === "asked" ? (asked[index] ?? "") : "The script has ended already."),
      (error: unknown) => say(error instanceof Error ? error.message : String(error)),
    );
  };
  const listeners = {
    SIGINT: () => ask(Math.min(times++, stopKinds.length - 1)),
    SIGTERM: () => {
      times = Math.max(times, 2);
      ask(1);
    },
    SIGHUP: () => process.exit(129),
  } as const;
  for (const [signal, listener] of Object.entries(listeners)) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of Object.entries(listeners)) process.off(signal, listener);
  };
}
