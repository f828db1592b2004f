/** A measured figure, and how it is printed beside its budget. */
import type { Spread } from "./rounds.js";

export interface Figure extends Spread {
  readonly name: string;
  readonly unit: "x" | "ms" | "bytes/line" | "MiB" | "%";
  /** From design.md, "Performance budget"; the median is held against it. */
  readonly budget?: number;
}

export interface NotMeasured {
  readonly name: string;
  readonly reason: string;
}

const width = 62;

export function heading(): string {
  return `${"".padEnd(width)}${["min", "median", "max"].map((word) => word.padStart(9)).join("")}   budget`;
}

export function lineOf(figure: Figure | NotMeasured): string {
  if ("reason" in figure) return `${figure.name.padEnd(width)}  not measured: ${figure.reason}`;
  const numbers = [figure.min, figure.median, figure.max].map((value) => inUnit(value, figure).padStart(9)).join("");
  const verdict = figure.budget === undefined ? "-" : `<= ${inUnit(figure.budget, figure)}  ${figure.median <= figure.budget ? "ok" : "OVER"}`;
  return `${figure.name.padEnd(width)}${numbers}   ${verdict}`;
}

function inUnit(value: number, { unit }: Pick<Figure, "unit">): string {
  if (unit === "%") return `${value.toFixed(2)}%`;
  if (unit === "MiB") return `${value.toFixed(1)} MiB`;
  if (unit === "bytes/line") return `${Math.round(value)} B`;
  return `${value.toFixed(value < 10 ? 2 : 1)}${unit === "x" ? "x" : " ms"}`;
}
