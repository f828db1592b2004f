/** Reads what a script prints, as it comes: bytes in, progress and metrics out. Pure; keeps only what the next chunk needs. */
import { Bars, type BarKind } from "./bars.js";
import { metricsOfDict, metricsOfLabel, metricsOfPostfix, metricsOfSentence, type LoggedMetrics } from "./loggedMetrics.js";
import type { OutputEvent } from "./outputEvent.js";
import { OutputLines, type OutputPiece } from "./outputLines.js";
import { parseProgressBar, type ProgressBar } from "./progressBar.js";

/** A bar may move a hundred times a second; one event a second is what a person follows. */
const PROGRESS_INTERVAL_MS = 1000;

/** `[rank1]:`, `[default1]:`, `[1]:` as torchrun and torch write them. */
const RANK = /^\[(?:rank|default)?(\d+)\]:\s?/u;

/** At the start of a line, or behind the prefix that transformers' explicit log format has. */
const CHECKPOINT = /(?:^|>>)\s*Saving (?:model )?checkpoint to (.+?)\s*$/u;
const TOTAL_STEPS = /(?:^|>>)\s*Total optimization steps = ([\d,]+)\s*$/u;
const CHECKPOINT_BAR = "Writing model shards";

export class OutputReader {
  private readonly lines = new OutputLines();
  private readonly bars = new Bars();
  private readonly lastProgress = new Map<string, { readonly time: number; readonly step: number }>();
  private events: OutputEvent[] = [];
  private time = new Date(0);
  /** Metrics that wait for their step: the bar is drawn anew right behind them, with the step that it has reached. */
  private waiting: LoggedMetrics | undefined;
  private step: number | undefined;
  private started = false;
  private stepped = false;
  private evaluating = false;
  private checkpointAt: number | undefined;

  /** @param at when the chunk was read */
  push(chunk: Uint8Array, at: Date): OutputEvent[] {
    this.time = at;
    const { waiting } = this;
    for (const piece of this.lines.push(chunk)) this.read(piece);
    const { unfinished } = this.lines;
    if (unfinished && parseProgressBar(withoutRank(unfinished.text)?.text ?? "")) {
      this.lines.take();
      this.read(unfinished);
    }
    // Where there is a bar it is drawn again behind the metrics, at the latest in the next chunk; without one there is nothing to wait for.
    if (!this.started || waiting === this.waiting) this.release(undefined);
    return this.taken();
  }

  /** What a last line without an end says, when no more will come. */
  end(at: Date): OutputEvent[] {
    this.time = at;
    const last = this.lines.take();
    if (last) this.read(last);
    this.release(undefined);
    return this.taken();
  }

  private taken(): OutputEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  private read({ text: whole, below }: OutputPiece): void {
    const line = withoutRank(whole);
    if (!line) return;
    const { text } = line;
    const bar = parseProgressBar(text);
    if (bar) return this.readBar(bar, below);
    this.release(undefined);
    const metrics = metricsOfDict(text) ?? metricsOfSentence(text);
    if (metrics) this.waiting = metrics;
    else this.readWords(text);
  }

  private readBar(bar: ProgressBar, below: boolean): void {
    if (this.waiting && isTraining(this.waiting)) this.bars.confirm(bar);
    const kind = this.bars.kindOf(bar, below);
    if (kind === "training") this.follow(bar);
    // A finished bar is drawn again behind the evaluation's own figures; that begins nothing.
    if (kind === "evaluation" && (bar.total === undefined || bar.step < bar.total)) this.beginEvaluation();
    if (bar.label === CHECKPOINT_BAR && this.stepped) this.checkpoint(undefined);
    this.release(kind === "training" ? bar : undefined);
    this.progress(bar, kind);
  }

  private follow(bar: ProgressBar): void {
    if (!this.started) this.emit({ kind: "event", event: "start" });
    this.started = true;
    this.step = bar.step;
    if (bar.step > 0 && !this.stepped) {
      this.stepped = true;
      this.emit({ kind: "event", event: "first step", step: bar.step });
    }
  }

  private readWords(text: string): void {
    if (text.includes("***** Running Evaluation") || text.includes("***** Running Prediction")) return this.beginEvaluation();
    const total = TOTAL_STEPS.exec(text)?.[1];
    if (total !== undefined) return this.bars.announce(Number(total.replaceAll(",", "")));
    const path = CHECKPOINT.exec(text)?.[1];
    // Some versions write beside it first, and rename.
    if (path !== undefined) this.checkpoint(path.replace(/\btmp-checkpoint-/u, "checkpoint-"));
  }

  private beginEvaluation(): void {
    if (this.evaluating) return;
    this.evaluating = true;
    this.emit({ kind: "event", event: "evaluation", ...this.atStep() });
  }

  /** A checkpoint may be told of twice, in words and by the bar of its files. */
  private checkpoint(path: string | undefined): void {
    const step = this.step ?? -1;
    if (this.checkpointAt === step) return;
    this.checkpointAt = step;
    this.emit({ kind: "event", event: "checkpoint", ...this.atStep(), ...(path === undefined ? {} : { label: path }) });
  }

  private atStep(): { step?: number } {
    return this.step === undefined ? {} : { step: this.step };
  }

  /** Tells the metrics that were waiting, with the step of the bar behind them if there is one. */
  private release(bar: ProgressBar | undefined): void {
    const metrics = this.waiting;
    if (!metrics) return;
    this.waiting = undefined;
    if (isTraining(metrics)) this.bars.confirm();
    const names = [...Object.keys(metrics.values), ...metrics.notFinite];
    const ends = names.includes("train_runtime");
    if (names.some((name) => name.startsWith("eval_"))) {
      this.beginEvaluation();
      this.evaluating = false;
    }
    const step = metrics.step ?? bar?.step ?? this.step;
    this.emitMetrics(metrics, step);
    if (ends) this.emit({ kind: "event", event: "end", ...this.atStep() });
  }

  private emitMetrics({ values, notFinite, epoch }: LoggedMetrics, step: number | undefined): void {
    this.emit({
      kind: "metrics",
      values: { ...values },
      ...(step === undefined ? {} : { step }),
      ...(epoch === undefined ? {} : { epoch }),
      ...(notFinite.length > 0 ? { notFinite: [...notFinite] } : {}),
    });
  }

  private progress(bar: ProgressBar, kind: BarKind): void {
    const label = kind === "training" ? "" : bar.label;
    const key = `${kind}/${label}`;
    const last = this.lastProgress.get(key);
    const isDone = bar.total !== undefined && bar.step >= bar.total;
    const isNew = !last || bar.step < last.step;
    if (last && !isNew && (bar.step === last.step || (!isDone && this.time.getTime() - last.time < PROGRESS_INTERVAL_MS))) return;
    this.lastProgress.set(key, { time: this.time.getTime(), step: bar.step });
    const { step, total, rate, remainingSeconds } = bar;
    this.emit({
      kind: "progress",
      bar: kind,
      step,
      ...(label === "" ? {} : { label }),
      ...(total === undefined ? {} : { total }),
      ...(rate === undefined ? {} : { rate }),
      ...(remainingSeconds === undefined ? {} : { remainingSeconds }),
    });
    const metrics = kind === "training" ? (metricsOfLabel(bar.label) ?? metricsOfPostfix(bar.postfix)) : undefined;
    if (metrics) this.emitMetrics(metrics, step);
  }

  private emit(event: Omit<OutputEvent, "t">): void {
    this.events.push({ t: this.time.toISOString(), ...event });
  }
}

/** The line as rank 0 printed it; undefined when another rank did. */
function withoutRank(text: string): { readonly text: string } | undefined {
  const match = RANK.exec(text);
  if (!match) return { text };
  return match[1] === "0" ? { text: text.slice(match[0].length) } : undefined;
}

function isTraining({ values, notFinite }: LoggedMetrics): boolean {
  return "learning_rate" in values || "loss" in values || notFinite.includes("loss");
}
