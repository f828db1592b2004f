/** A chart as a table, for those who don't see it and for those who want the figures. */
import type { Chart } from "../model/charts.js";
import { formatDuration, formatNumber } from "../model/format.js";
import { element } from "./element.js";

/** More rows than this nobody reads; they are spread over the whole run. */
const mostRows = 60;

export function chartTable(chart: Chart, word: (value: number) => string): HTMLTableElement {
  const curves = [...chart.curves.values()];
  const rows = new Map<number, (number | null | undefined)[]>();
  for (const [index, { points }] of curves.entries()) {
    const { x, y } = points.points();
    for (const [at, each] of x.entries()) {
      const row = rows.get(each) ?? [];
      row[index] = y[at];
      rows.set(each, row);
    }
  }
  const all = [...rows].sort(([a], [b]) => a - b);
  const every = Math.max(1, Math.ceil(all.length / mostRows));
  const kept = all.filter((_, index) => index % every === 0 || index === all.length - 1);
  const place = (x: number): string => (chart.axis === "seconds" ? formatDuration(x * 1000) : formatNumber(x));
  const at = (x: number): string =>
    chart.marks
      .filter((mark) => Math.abs(mark.x - x) < 0.5)
      .map(({ kind }) => kind)
      .join(", ");
  const head = [chart.axis === "seconds" ? "time" : chart.axis, ...curves.map(({ label }) => label), ...(chart.marks.length > 0 ? ["what happened"] : [])];
  return element(
    "table",
    {},
    element("caption", {}, chart.title + (every > 1 ? `, one row in ${every}` : "")),
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
    element(
      "tbody",
      {},
      ...kept.map(([x, values]) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, place(x)),
          ...curves.map((_, index) => element("td", {}, typeof values[index] === "number" ? word(values[index]) : "")),
          ...(chart.marks.length > 0 ? [element("td", {}, at(x))] : []),
        ),
      ),
    ),
  );
}
