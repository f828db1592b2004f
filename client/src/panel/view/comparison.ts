/** Two runs beside each other: what they were started with, and their figures in the same charts. Pure. */
import type { Run } from "../../../../runner/src/runs.js";
import type { Comparison } from "../messages.js";
import { Chart, Curve, type ChartState } from "../model/charts.js";
import { formatMib } from "../model/format.js";
import type { RunCurves } from "../model/runCurves.js";
import { durationOf, nameOf, outcomeOf } from "./words.js";

export interface Compared {
  readonly run: Run;
  readonly curves: RunCurves;
}

export function comparisonOf(left: Compared, right: Compared, now: Date): Comparison {
  return {
    left: { id: left.run.record.id, title: titleOf(left.run) },
    right: { id: right.run.record.id, title: titleOf(right.run) },
    rows: rowsOf(factsOf(left.run, now), factsOf(right.run, now)),
    charts: chartsOf(left, right),
  };
}

function titleOf({ record }: Run): string {
  return `${nameOf(record.script)}, ${new Date(record.started).toLocaleString()}`;
}

/** Arguments by name: `--epochs 3`, `--epochs=3` and `-e 3` each are one fact; a word of its own is one by its place. */
export function argumentsOf(args: readonly string[]): Map<string, string> {
  const facts = new Map<string, string>();
  let place = 0;
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    const equals = /^(--?[^=\s]+)=(.*)$/su.exec(word);
    if (equals) facts.set(equals[1] ?? "", equals[2] ?? "");
    else if (/^--?[A-Za-z]/u.test(word)) {
      const values: string[] = [];
      while (index + 1 < args.length && !/^--?[A-Za-z]/u.test(args[index + 1] ?? "")) values.push(args[++index] ?? "");
      facts.set(word, values.length > 0 ? values.join(" ") : "set");
    } else facts.set(`argument ${++place}`, word);
  }
  return facts;
}

function factsOf(run: Run, now: Date): Map<string, string> {
  const { record } = run;
  const facts = new Map<string, string>([["result", [run.state, outcomeOf(run)].filter(Boolean).join(", ")]]);
  const duration = durationOf(run, now);
  if (duration !== undefined) facts.set("duration", duration);
  if (record.peakMemoryMib !== null) facts.set("peak GPU memory", formatMib(record.peakMemoryMib));
  for (const [name, value] of argumentsOf(record.args)) facts.set(name, value);
  facts.set("script", record.script);
  facts.set("working directory", record.cwd);
  facts.set("interpreter", record.interpreter);
  facts.set("launcher", record.launcher);
  facts.set("GPUs", record.gpus.length > 0 ? record.gpus.join(", ") : "not known");
  if (record.git) facts.set("commit", record.git.commit.slice(0, 12) + (record.git.dirty ? ", with changes" : ""));
  for (const [name, value] of Object.entries(record.versions)) facts.set(`version of ${name}`, value);
  for (const [name, value] of Object.entries(record.env)) facts.set(`environment ${name}`, value);
  return facts;
}

function rowsOf(left: Map<string, string>, right: Map<string, string>): Comparison["rows"] {
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names.map((name) => {
    const [a, b] = [left.get(name) ?? "–", right.get(name) ?? "–"];
    return { name, left: a, right: b, differs: a !== b };
  });
}

/** Charts of both with the same axis become one. */
function chartsOf(left: Compared, right: Compared): ChartState[] {
  const charts = new Map<string, Chart>();
  for (const [index, { curves }] of [left, right].entries()) {
    for (const chart of curves.ordered()) {
      const key = `${chart.id}/${chart.axis}`;
      let both = charts.get(key);
      if (!both) {
        both = new Chart(key, chart.title, chart.unit, chart.axis);
        charts.set(key, both);
      }
      // The largest total of both: with two machines there is no other line that is true for each.
      both.total = chart.total === null ? both.total : Math.max(chart.total, both.total ?? 0);
      const side = index === 0 ? "left" : "right";
      // Of the memory, what the runs themselves held: the whole GPU may have held others.
      const own = chart.curves.get("run");
      const compared = own ? [own] : [...chart.curves.values()];
      for (const { id, label, points } of compared) {
        const only = compared.length === 1;
        both.curves.set(`${side}:${id}`, new Curve(`${side}:${id}`, only ? side : `${label}, ${side}`, points));
      }
    }
  }
  return [...charts.values()].map((chart) => chart.state());
}
