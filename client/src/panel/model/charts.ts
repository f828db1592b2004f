/** The charts of a run as data: what travels to the panel, and how a new point finds its curve. */
import * as z from "zod/mini";
import { curveStateSchema, ThinnedCurve } from "./thinnedCurve.js";

/** What happened when: a vertical line in a chart. */
export const markSchema = z.object({ x: z.number(), kind: z.enum(["start", "first step", "evaluation", "checkpoint", "end"]) });
export type Mark = z.infer<typeof markSchema>;

export const curveSchema = z.object({ id: z.string(), label: z.string(), points: curveStateSchema });

export const chartSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** The unit of `y`; figures of a training have none. */
  unit: z.enum(["MiB", ""]),
  /** `seconds` since the start of the run, or what the script counts in. */
  axis: z.enum(["seconds", "step", "epoch"]),
  curves: z.array(curveSchema),
  /** A line at the most there can be, in the unit of `y`. */
  total: z.nullable(z.number()),
  marks: z.array(markSchema),
  /** What has to be known to read the curves right. */
  note: z.nullable(z.string()),
});
export type ChartState = z.infer<typeof chartSchema>;

/** One new point; `y` null is a gap. */
export const pointSchema = z.tuple([z.string(), z.string(), z.number(), z.nullable(z.number())]);
export type NewPoint = z.infer<typeof pointSchema>;

/** The most marks that a chart holds; of more, every second goes. */
const mostMarks = 200;

export class Curve {
  constructor(
    readonly id: string,
    readonly label: string,
    readonly points = new ThinnedCurve(),
  ) {}
}

export class Chart {
  readonly curves = new Map<string, Curve>();
  total: number | null = null;
  note: string | null = null;
  marks: Mark[] = [];

  constructor(
    readonly id: string,
    readonly title: string,
    readonly unit: ChartState["unit"],
    readonly axis: ChartState["axis"],
  ) {}

  static from(state: ChartState): Chart {
    const chart = new Chart(state.id, state.title, state.unit, state.axis);
    chart.total = state.total;
    chart.note = state.note;
    chart.marks = [...state.marks];
    for (const { id, label, points } of state.curves) chart.curves.set(id, new Curve(id, label, ThinnedCurve.from(points)));
    return chart;
  }

  state(): ChartState {
    return {
      id: this.id,
      title: this.title,
      unit: this.unit,
      axis: this.axis,
      total: this.total,
      note: this.note,
      marks: [...this.marks],
      curves: [...this.curves.values()].map(({ id, label, points }) => ({ id, label, points: points.state() })),
    };
  }

  mark(mark: Mark): void {
    this.marks.push(mark);
    if (this.marks.length > mostMarks) this.marks = this.marks.filter((each, index) => index % 2 === 0 || each.kind === "first step" || each.kind === "start");
  }
}
