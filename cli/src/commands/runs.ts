/** `hf-preflight runs`: what ran and what runs. */
import { basename } from "node:path";
import type { Run } from "../../../runner/src/runs.js";
import type { RunState } from "../../../runner/src/record.js";
import type { ParsedArguments } from "../arguments/parse.js";
import { ExitCode } from "../mistake.js";
import type { Program } from "../program.js";
import { durationText, localTime, memoryText } from "../run/durations.js";
import { listed, runsFolderFor } from "../run/runNamed.js";
import { displayable, displayWidth } from "../terminal/display.js";
import { chosenPaint, type Colour, type Paint } from "../terminal/style.js";

const colours: Readonly<Record<RunState, readonly Colour[]>> = {
  running: ["green", "bold"],
  finished: ["green"],
  failed: ["red"],
  stopped: ["yellow"],
  lost: ["magenta"],
};

export async function runs(args: ParsedArguments, { cwd, output }: Program): Promise<ExitCode> {
  const folder = runsFolderFor(args, cwd);
  const found = await listed(folder);
  for (const { reason } of found.broken) output.complain(displayable(reason));
  if (args.value("output-format") === "json") output.print(`${JSON.stringify(found.runs.map(asJson), undefined, 2)}\n`);
  else if (found.runs.length === 0) output.complain(`No runs in ${displayable(folder)} yet.`);
  else output.print(table(found.runs, chosenPaint(args.has("no-color"), () => output.isTerminal, process.env)));
  return ExitCode.clean;
}

function asJson({ record, state, dir }: Run): Record<string, unknown> {
  return {
    id: record.id,
    script: record.script,
    state,
    pid: record.process?.pid ?? null,
    started: record.started,
    ended: record.ended,
    exit_code: record.exitCode,
    gpus: record.gpus,
    peak_memory_mib: record.peakMemoryMib,
    dir,
  };
}

function table(list: readonly Run[], paint: Paint): string {
  const rows = list.map(({ record, state }) => {
    const seconds = record.seconds ?? (state === "running" ? (Date.now() - Date.parse(record.started)) / 1000 : undefined);
    const code = state === "failed" ? ` (${record.signal ?? record.exitCode ?? "?"})` : "";
    return {
      state,
      cells: [
        record.id,
        `${state}${code}`,
        localTime(record.started),
        seconds === undefined ? "-" : durationText(seconds),
        record.peakMemoryMib === null ? "-" : memoryText(record.peakMemoryMib),
        `${displayable([basename(record.script), ...record.args].join(" "))}${record.smoke ? " (smoke run)" : ""}${record.demo ? " (demonstration)" : ""}`,
      ],
    };
  });
  const heading = ["ID", "STATE", "STARTED", "TIME", "PEAK", "SCRIPT"];
  const widths = heading.map((word, column) => Math.max(word.length, ...rows.map(({ cells }) => displayWidth(cells[column] ?? ""))));
  const line = (cells: readonly string[], state?: RunState): string => {
    const padded = cells.map((cell, column) => {
      const text = column === cells.length - 1 ? cell : cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell)));
      return state === undefined ? paint(text, "bold") : column === 1 ? paint(text, ...colours[state]) : text;
    });
    return `${padded.join("  ")}\n`;
  };
  return line(heading) + rows.map(({ cells, state }) => line(cells, state)).join("");
}
