/** One chart: the title, what the curves are worth, the drawing, and the same as a table. */
import uPlot from "uplot";
import { formatDuration, formatMib, formatNumber } from "../model/format.js";
import type { Chart, Curve, Mark } from "../model/charts.js";
import { chartTable } from "./chartTable.js";
import { element, setText, show } from "./element.js";
import { readTheme, type Theme } from "./theme.js";

/** Colour is never the only sign: each curve has its own dashes too. */
const dashes: readonly number[][] = [[], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2], [1, 2]];

/** Widths and heights in CSS pixels. */
const height = 150;

export class ChartCard {
  readonly element: HTMLElement;
  readonly #canvas = element("div", { class: "canvas" });
  readonly #legend = element("div", { class: "legend" });
  readonly #note = element("p", { class: "note" });
  readonly #table = element("details", { class: "table" }, element("summary", {}, "As a table"));
  #plot: uPlot | undefined;
  #theme: Theme = readTheme();
  /** The index that the pointer or the arrow keys are at. */
  #at: number | null = null;
  #curves: Curve[] = [];
  #waiting = false;

  constructor(private chart: Chart) {
    const title = element("h3", {}, chart.title);
    this.element = element("section", { class: "card", "data-chart": chart.id }, element("header", {}, title, this.#legend), this.#canvas, this.#note, this.#table);
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute("role", "img");
    this.#canvas.addEventListener("keydown", (event) => this.#onKey(event));
    this.#canvas.addEventListener("blur", () => this.#plot?.setCursor({ left: -10, top: -10 }));
    this.#table.addEventListener("toggle", () => this.#fillTable());
    new ResizeObserver(() => this.#resize()).observe(this.#canvas);
    this.#build();
  }

  /** The same chart, received anew: other curves, a total, marks. */
  replace(chart: Chart): void {
    this.chart = chart;
    const ids = [...chart.curves.keys()].join("\n");
    if (ids !== this.#curves.map(({ id }) => id).join("\n")) this.#build();
    else {
      this.#curves = [...chart.curves.values()];
      this.redraw();
    }
  }

  /** Draws what the curves hold now, at most once per frame. */
  redraw(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      this.#plot?.setData(this.#data());
      this.#describe();
      this.#fillTable();
    });
  }

  /** New colours. */
  restyle(): void {
    this.#theme = readTheme();
    this.#build();
  }

  #build(): void {
    this.#plot?.destroy();
    this.#curves = [...this.chart.curves.values()];
    this.#legend.replaceChildren(
      ...this.#curves.map((curve, index) =>
        element("span", { class: "entry", "data-curve": curve.id }, this.#swatch(index), element("span", { class: "label" }, curve.label), element("span", { class: "value" })),
      ),
    );
    this.#plot = new uPlot(this.#options(), this.#data(), this.#canvas);
    this.#describe();
  }

  #swatch(index: number): SVGSVGElement {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [name, value] of Object.entries({ width: "18", height: "8", "aria-hidden": "true" })) svg.setAttribute(name, value);
    const attributes = { x1: "0", x2: "18", y1: "4", y2: "4", stroke: this.#colour(index), "stroke-width": "2", "stroke-dasharray": this.#dash(index).join(" ") };
    for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, value);
    svg.append(line);
    return svg;
  }

  #colour(index: number): string {
    return this.#theme.curves[index % this.#theme.curves.length] ?? this.#theme.text;
  }

  #dash(index: number): number[] {
    return [...(dashes[index % dashes.length] ?? [])];
  }

  #data(): uPlot.AlignedData {
    const tables = this.#curves.map(({ points }): uPlot.AlignedData => {
      const { x, y } = points.points();
      return [[...x], [...y]];
    });
    return tables.length === 0 ? [[]] : uPlot.join(tables);
  }

  #options(): uPlot.Options {
    const { axis, unit } = this.chart;
    const { grid, dim, font } = this.#theme;
    const look = { stroke: dim, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
    const filled = this.chart.id === "memory" || this.chart.id === "host";
    return {
      width: Math.max(120, this.#canvas.clientWidth),
      height,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 7 }, sync: { key: axis } },
      padding: [8, 10, 0, 0],
      scales: { x: { time: false, range: (_, low, high) => xRange(low, high) }, y: { range: (_, low, high) => this.#range(low, high) } },
      axes: [
        { ...look, size: 26, space: 60, incrs: axis === "seconds" ? timeSteps : axis === "step" ? wholeSteps : [...fractions, ...wholeSteps], values: (_, ticks) => ticks.map((tick) => (axis === "seconds" ? formatDuration(tick * 1000) : formatNumber(tick))) },
        { ...look, size: unit === "MiB" ? 58 : 50, space: 30, ...(unit === "MiB" ? { incrs: memorySteps } : {}), values: (_, ticks) => ticks.map((tick) => (unit === "MiB" ? formatMib(tick).replace(".0 ", " ") : formatNumber(tick))) },
      ],
      series: [
        {},
        ...this.#curves.map((curve, index): uPlot.Series => {
          const stroke = this.#colour(index);
          const alone = curve.points.points().x.length < 60;
          return { stroke, width: 1.75, dash: this.#dash(index), points: { show: unit === "" && alone, size: 4, stroke, fill: stroke }, ...(filled && (curve.id === "run" || curve.id === "host") ? { fill: translucent(stroke) } : {}) };
        }),
      ],
      hooks: {
        drawAxes: [(plot) => this.#drawMarks(plot)],
        setCursor: [(plot) => this.#follow(plot.cursor.idx ?? null)],
      },
    };
  }

  /** The total is in the picture unless the curve would be a line at the bottom. */
  #range(low: number | null, high: number | null): [number, number] {
    const { total, unit } = this.chart;
    if (unit === "MiB") {
      const top = high ?? 0;
      return [0, total !== null && top > total * 0.12 ? total * 1.06 : Math.max(top * 1.3, 64)];
    }
    if (low === null || high === null) return [0, 1];
    const room = (high - low || Math.abs(high) || 1) * 0.08;
    return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
  }

  #drawMarks(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const scale = devicePixelRatio;
    ctx.save();
    ctx.font = this.#theme.font.replace(/^11px/u, `${10 * scale}px`);
    ctx.textBaseline = "top";
    const { total } = this.chart;
    let top = bbox.top + 14 * scale;
    if (total !== null) {
      const y = plot.valToPos(total, "y", true);
      if (y >= bbox.top) {
        top = y + 16 * scale;
        ctx.strokeStyle = ctx.fillStyle = this.#theme.warning;
        ctx.lineWidth = 1.5 * scale;
        ctx.setLineDash([5 * scale, 3 * scale]);
        line(ctx, bbox.left, y, bbox.left + bbox.width, y);
        ctx.textAlign = "right";
        ctx.fillText(`total ${formatMib(total)}`, bbox.left + bbox.width - 2 * scale, y + 3 * scale);
      }
    }
    ctx.textAlign = "left";
    ctx.strokeStyle = ctx.fillStyle = this.#theme.dim;
    ctx.lineWidth = scale;
    ctx.setLineDash([2 * scale, 3 * scale]);
    let free = -Infinity;
    const bottom = bbox.top + bbox.height;
    for (const mark of this.chart.marks) {
      const x = plot.valToPos(mark.x, "x", true);
      if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1 || mark.kind === "start") continue;
      line(ctx, x, top, x, bottom);
      const text = words[mark.kind];
      const width = ctx.measureText(text).width;
      // A label that has no room is left to the table.
      if (x + 3 * scale < free || x + 3 * scale + width > bbox.left + bbox.width) continue;
      ctx.fillText(text, x + 3 * scale, bottom - 12 * scale);
      free = x + width + 10 * scale;
    }
    ctx.restore();
  }

  #follow(at: number | null): void {
    this.#at = at;
    this.#showValues();
  }

  #showValues(): void {
    const data = this.#plot?.data;
    for (const [index, entry] of [...this.#legend.children].entries()) {
      const values = data?.[index + 1];
      const value = this.#at === null || values === undefined ? (this.#curves[index]?.points.newest ?? null) : lastUpTo(values, this.#at);
      const target = entry.querySelector(".value");
      if (target) setText(target, value === null ? "" : this.#word(value));
    }
  }

  #word(value: number): string {
    return this.chart.unit === "MiB" ? formatMib(value) : formatNumber(value);
  }

  /** What a screen reader says of the drawing. */
  #describe(): void {
    this.#showValues();
    const parts = this.#curves.map(({ label, points }) => {
      const known = points.points().y.filter((value): value is number => value !== null);
      const { newest } = points;
      if (newest === null || known.length === 0) return `${label}: nothing yet`;
      return `${label}: now ${this.#word(newest)}, lowest ${this.#word(least(known))}, highest ${this.#word(greatest(known))}`;
    });
    const { total, title, note } = this.chart;
    const whole = total === null ? "" : `, total ${this.#word(total)}`;
    this.#canvas.setAttribute("aria-label", `${title}${whole}. ${parts.join(". ")}. Arrow keys read single points.`);
    setText(this.#note, note ?? "");
    show(this.#note, note !== null);
  }

  #fillTable(): void {
    if (!this.#table.open) return;
    this.#table.querySelector("table")?.remove();
    this.#table.append(chartTable(this.chart, (value) => this.#word(value)));
  }

  #onKey(event: KeyboardEvent): void {
    const plot = this.#plot;
    const xs = plot?.data[0];
    if (!plot || !xs || xs.length === 0) return;
    const from = this.#at ?? xs.length - 1;
    const targets: Record<string, number> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: xs.length - 1, PageUp: from - 20, PageDown: from + 20 };
    const wanted = targets[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const index = Math.min(xs.length - 1, Math.max(0, wanted));
    plot.setCursor({ left: plot.valToPos(xs[index] ?? 0, "x"), top: height / 2 });
    const values = [...this.#legend.children].map((entry) => entry.textContent).join(", ");
    const x = xs[index] ?? 0;
    this.#canvas.setAttribute("aria-label", `${this.chart.axis === "seconds" ? formatDuration(x * 1000) : `${this.chart.axis} ${formatNumber(x)}`}: ${values}`);
  }

  #resize(): void {
    const width = this.#canvas.clientWidth;
    if (this.#plot && width > 0 && Math.abs(width - this.#plot.width) > 1) this.#plot.setSize({ width, height });
  }
}

const words: Record<Mark["kind"], string> = { start: "start", "first step": "first step", evaluation: "eval", checkpoint: "save", end: "end" };

const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800];
const wholeSteps = [1, 2, 5].flatMap((digit) => [0, 1, 2, 3, 4, 5, 6, 7].map((zeros) => digit * 10 ** zeros)).sort((a, b) => a - b);
const fractions = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
const memorySteps = [16, 32, 64, 128, 256, 512, ...[1, 2, 4, 5, 10, 20, 40, 50, 100, 200, 500].map((gib) => gib * 1024)];

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

function xRange(low: number, high: number): [number, number] {
  return low === high ? [low, low + 1] : [low, high];
}

/** The same colour, nearly see-through. Theme colours come as `#rrggbb` or `rgb(...)`. */
function translucent(colour: string): string {
  return `color-mix(in srgb, ${colour} 16%, transparent)`;
}

function lastUpTo(values: ArrayLike<number | null | undefined>, at: number): number | null {
  for (let index = at; index >= 0; index--) {
    const value = values[index];
    if (value !== undefined) return value;
  }
  return null;
}

/** Without spreading thousands of arguments. */
function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b));
}
