/** The line that says how a run is going. Pure. */
import type { GpuLine, MetricLine } from "../../../runner/src/record.js";
import { displayable, displayWidth } from "../terminal/display.js";
import { fitting } from "../terminal/liveLine.js";
import type { Paint } from "../terminal/style.js";
import { durationText, memoryText } from "./durations.js";

const BAR = 16;
const SEPARATOR = " · ";
/** A bar of something that ended long ago isn't shown. Milliseconds. */
const STALE = 10_000;

export interface StatusStyle {
  readonly columns: number;
  readonly paint: Paint;
  /** Whether the terminal shows more than ASCII. */
  readonly isUnicode: boolean;
}

export interface Moment {
  /** Seconds since the launch. */
  readonly elapsed: number;
  readonly unfinished: string;
  /** Milliseconds, by the same clock as for `addMetrics`. */
  readonly now: number;
  readonly note?: string;
}

export class RunStatus {
  private training: MetricLine | undefined;
  private other: { readonly line: MetricLine; readonly at: number } | undefined;
  private readonly values = new Map<string, number>();
  private gpu: GpuLine | undefined;

  addMetrics(lines: readonly MetricLine[], now: number): void {
    for (const line of lines) {
      if (line.kind === "progress" && line.bar === "training") this.training = line;
      else if (line.kind === "progress") this.other = { line, at: now };
      for (const [name, value] of Object.entries(line.values ?? {})) this.values.set(name, value);
    }
  }

  addGpu(lines: readonly GpuLine[]): void {
    this.gpu = lines.at(-1) ?? this.gpu;
  }

  /**
   * @param unfinished what the script's last line without an end says; shown where nothing better is known.
   * @param note what keeps the rest from being up to date.
   * @returns the line and its width in columns, less than there are.
   */
  line({ elapsed, unfinished, now, note }: Moment, { columns, paint, isUnicode }: StatusStyle): { text: string; width: number } {
    const progress = this.progress(now);
    const parts = [durationText(elapsed), ...(note === undefined ? [] : [note]), ...(progress ? progressParts(progress, isUnicode) : []), ...this.metricParts(), ...this.gpuParts()];
    if (!progress && unfinished !== "") parts.splice(1, 0, clipped(displayable(unfinished.replace(/\u001B\[[0-9;:]*m/gu, "")), 40));
    const kept = fitting(parts, columns, SEPARATOR.length);
    const separator = paint(isUnicode ? SEPARATOR : " | ", "dim");
    return { text: kept.parts.map((part, index) => (index === 0 ? paint(part, "bold") : part)).join(separator), width: kept.width };
  }

  private progress(now: number): MetricLine | undefined {
    if (this.other && now - this.other.at < STALE && this.other.line.step !== this.other.line.total) return this.other.line;
    return this.training;
  }

  private metricParts(): string[] {
    return ["loss", "eval_loss"].flatMap((name) => (this.values.has(name) ? [`${name} ${significant(this.values.get(name) ?? 0)}`] : []));
  }

  private gpuParts(): string[] {
    if (!this.gpu || "gap" in this.gpu) return [];
    const { run, gpus, host } = this.gpu;
    const parts = run.memoryMib === null ? [] : [`run ${memoryText(run.memoryMib)}`];
    for (const { index, memoryUsedMib, memoryTotalMib, utilisation } of gpus) {
      if (memoryUsedMib === null) continue;
      const total = memoryTotalMib === null ? "" : ` / ${memoryText(memoryTotalMib)}`;
      parts.push(`GPU ${index} ${memoryText(memoryUsedMib)}${total}${utilisation === null ? "" : ` ${Math.round(utilisation)}%`}`);
    }
    if (gpus.length === 0 && host) parts.push(`memory ${memoryText(host.usedMib)} / ${memoryText(host.totalMib)}`);
    return parts;
  }
}

function progressParts({ bar, label, step, total, rate, remainingSeconds }: MetricLine, isUnicode: boolean): string[] {
  const name = bar === "training" ? "" : `${displayable(label ?? bar ?? "")} `;
  if (step === undefined) return [];
  const parts = [];
  if (total !== undefined && total > 0) {
    const share = Math.min(1, step / total);
    const filled = Math.round(share * BAR);
    const [full, empty] = isUnicode ? ["━", "─"] : ["#", "-"];
    parts.push(`${name}${String(Math.floor(share * 100)).padStart(3)}% ${full.repeat(filled)}${empty.repeat(BAR - filled)} ${step}/${total}`);
    if (remainingSeconds !== undefined && step < total) parts.push(`${durationText(remainingSeconds)} left`);
  } else parts.push(`${name}${step}`);
  if (rate !== undefined && rate > 0) parts.push(rate >= 1 ? `${significant(rate)} it/s` : `${significant(1 / rate)} s/it`);
  return parts;
}

function significant(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
}

function clipped(text: string, columns: number): string {
  return displayWidth(text) <= columns ? text : `${text.slice(0, columns - 3)}...`;
}
