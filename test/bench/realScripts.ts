/** Scripts that somebody wrote to train something, from a folder: what budgets are about. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchScript } from "./scripts.js";

/** Every Python file in a folder and below. @throws when there is none. */
export function scriptsBelow(folder: string): BenchScript[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".py"));
  if (names.length === 0) throw new Error(`there is no Python file below ${folder}`);
  return names.sort().map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

export function linesOf(scripts: readonly BenchScript[]): number {
  return scripts.reduce((sum, { text }) => sum + text.split("\n").length, 0);
}

/** The script whose length is nearest to so many lines. */
export function nearestTo(lines: number, scripts: readonly BenchScript[]): BenchScript | undefined {
  const distance = (script: BenchScript): number => Math.abs(linesOf([script]) - lines);
  return scripts.toSorted((a, b) => distance(a) - distance(b))[0];
}
