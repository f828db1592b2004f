/** Makes charts of the lines of a run's gpu.jsonl and metrics.jsonl, one line at a time. */
import type { GpuLine, MetricLine } from "../../../../runner/src/record.js";
import { Chart, Curve, type ChartState, type Mark, type NewPoint } from "./charts.js";
import { chartOfMetric } from "./metricCharts.js";

/** What has changed since the last look: single points, or so much that all has to be drawn anew. */
export type CurvesChange = { readonly kind: "none" } | { readonly kind: "all"; readonly charts: readonly ChartState[] } | { readonly kind: "points"; readonly points: readonly NewPoint[] };

/** Beyond this, single points are more to send than the charts as they are. */
const mostPoints = 500;

/** The most charts of figures; a script that reports hundreds gets the first ones. */
const mostCharts = 16;

export class RunCurves {
  readonly #charts = new Map<string, Chart>();
  /** Marks that came before there was a memory chart to put them on. */
  readonly #marks: Mark[] = [];
  readonly #started: number;
  #points: NewPoint[] = [];
  #anew = false;
  #lastStep = 0;

  /** @param gpus the chosen GPUs by UUID; empty: all that are sampled. */
  constructor(
    started: Date,
    private readonly gpus: readonly string[],
  ) {
    this.#started = started.getTime();
  }

  addGpu(line: GpuLine): void {
    const x = this.#seconds(line.t);
    if ("gap" in line) {
      for (const id of ["memory", "host"]) for (const curve of this.#charts.get(id)?.curves.keys() ?? []) this.#push(id, curve, curve, x, null);
      return;
    }
    const shown = line.gpus.filter((gpu) => this.gpus.length === 0 || this.gpus.includes(gpu.uuid));
    const memory = shown.length > 0 ? this.#chart("memory", "GPU memory", "MiB", "seconds") : undefined;
    // First, because it is what is looked for: its colour is the first one.
    if (memory) this.#push("memory", "run", "this run", x, line.run.memoryMib);
    for (const gpu of shown) {
      this.#push("memory", gpu.uuid, shown.length > 1 || line.gpus.length > 1 ? `GPU ${gpu.index}` : "whole GPU", x, gpu.memoryUsedMib);
      if (memory && gpu.memoryTotalMib !== null && gpu.memoryTotalMib > (memory.total ?? 0)) {
        memory.total = gpu.memoryTotalMib;
        this.#anew = true;
      }
    }
    if (memory) {
      const note = line.run.how === "processes" ? null : "“This run” is the difference to what was used at launch: the processes' own figures aren't available here.";
      if (memory.note !== note) {
        memory.note = note;
        this.#anew = true;
      }
    }
    if (line.host) {
      const host = this.#chart("host", "Host memory", "MiB", "seconds");
      host.total = line.host.totalMib;
      this.#push("host", "host", "host", x, line.host.usedMib);
    }
  }

  addMetric(line: MetricLine): void {
    if (line.step !== undefined) this.#lastStep = line.step;
    if (line.kind === "event" && line.event !== undefined) this.#mark({ x: this.#seconds(line.t), kind: line.event });
    if (line.kind !== "metrics") return;
    const step = line.step ?? (line.epoch === undefined ? this.#lastStep : undefined);
    for (const [name, value] of Object.entries(line.values ?? {})) {
      const place = chartOfMetric(name);
      if (place === undefined) continue;
      if (!this.#charts.has(place.chart) && this.#charts.size >= mostCharts) continue;
      const { axis } = this.#chart(place.chart, place.title, "", step === undefined ? "epoch" : "step");
      const x = axis === "step" ? (step ?? this.#lastStep) : line.epoch;
      if (x !== undefined) this.#push(place.chart, name, place.label, x, value);
    }
  }

  /** All charts, those of the memory first. */
  charts(): ChartState[] {
    return this.ordered().map((chart) => chart.state());
  }

  /** The charts themselves, in the order in which they are shown. */
  ordered(): Chart[] {
    const place = ({ id }: Chart): number => ["memory", "loss", "learning_rate", "scores"].indexOf(id) + (id === "host" ? 100 : 0);
    const order = (chart: Chart): number => (place(chart) === -1 ? 50 : place(chart));
    return [...this.#charts.values()].sort((a, b) => order(a) - order(b));
  }

  /** What is new since this was called last. */
  takeChange(): CurvesChange {
    const points = this.#points;
    const anew = this.#anew || points.length > mostPoints;
    this.#points = [];
    this.#anew = false;
    if (anew) return { kind: "all", charts: this.charts() };
    return points.length > 0 ? { kind: "points", points } : { kind: "none" };
  }

  #seconds(time: string): number {
    return Math.max(0, (Date.parse(time) - this.#started) / 1000);
  }

  #chart(id: string, title: string, unit: ChartState["unit"], axis: ChartState["axis"]): Chart {
    let chart = this.#charts.get(id);
    if (!chart) {
      chart = new Chart(id, title, unit, axis);
      if (axis === "seconds") chart.marks = [...this.#marks];
      this.#charts.set(id, chart);
      this.#anew = true;
    }
    return chart;
  }

  #push(chartId: string, id: string, label: string, x: number, y: number | null): void {
    const chart = this.#charts.get(chartId);
    if (!chart) return;
    let curve = chart.curves.get(id);
    if (!curve) {
      // Nothing known of it yet: no curve, and no entry in the legend.
      if (y === null) return;
      curve = new Curve(id, label);
      chart.curves.set(id, curve);
      this.#anew = true;
    }
    curve.points.push(x, y);
    if (!this.#anew && this.#points.length <= mostPoints) this.#points.push([chartId, id, x, y]);
  }

  #mark(mark: Mark): void {
    this.#marks.push(mark);
    if (this.#marks.length > 200) this.#marks.splice(1, 1);
    for (const chart of this.#charts.values()) if (chart.axis === "seconds") chart.mark(mark);
    this.#anew = true;
  }
}
