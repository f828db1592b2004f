/** What is said of runs and GPUs: the same words in the panel, the trees and the status bar. Pure. */
import type { GpuReading } from "../../../../runner/src/gpu/model.js";
import type { GpuLine } from "../../../../runner/src/record.js";
import type { Run } from "../../../../runner/src/runs.js";
import { shellQuote } from "../../../../runner/src/shellQuote.js";
import type { RunView } from "../messages.js";
import { formatDuration, formatMib } from "../model/format.js";

export function nameOf(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}

/** A command where space is short: programs and the script by their names only. */
export function briefCommand(argv: readonly string[], script: string): string {
  return argv.map((word, index) => shellQuote(index === 0 || word === script || /^\/.*\.py$/u.test(word) ? nameOf(word) : word)).join(" ");
}

/** Utilisation, temperature and power, as far as the GPU tells. */
export function detailOf(gpu: GpuReading): string {
  const power = gpu.power === null ? null : gpu.powerLimit === null ? `${Math.round(gpu.power)} W` : `${Math.round(gpu.power)} of ${Math.round(gpu.powerLimit)} W`;
  const parts = [gpu.utilisation === null ? null : `${Math.round(gpu.utilisation)} % busy`, gpu.temperature === null ? null : `${Math.round(gpu.temperature)} °C`, power];
  return parts.filter((part) => part !== null).join(" · ");
}

export function meterOf(gpu: GpuReading): RunView["gpus"][number] {
  return { label: `GPU ${gpu.index} · ${shortName(gpu.name)}`, usedMib: gpu.memoryUsedMib, totalMib: gpu.memoryTotalMib, detail: detailOf(gpu), problem: gpu.problem };
}

/** Without the maker's name, which all of them have. */
export function shortName(name: string): string {
  return name.replace(/^NVIDIA (?:GeForce )?/u, "");
}

/** How a run ended, for those that didn't end well: `exit code 1`, `SIGKILL`, or the reason why it is lost. */
export function outcomeOf({ record, reason, state }: Run): string | null {
  if (state === "lost") return reason ?? "Nobody saw how it ended.";
  if (state === "failed" || state === "stopped") {
    if (record.signal !== null) return `ended by ${record.signal}`;
    if (record.exitCode !== null) return `exit code ${record.exitCode}`;
  }
  return reason;
}

/** How long it ran, or undefined where nobody knows. */
export function durationOf({ record, state }: Run, now: Date): string | undefined {
  if (record.seconds !== null) return formatDuration(record.seconds * 1000);
  const end = record.ended !== null ? Date.parse(record.ended) : state === "running" ? now.getTime() : undefined;
  return end === undefined ? undefined : formatDuration(end - Date.parse(record.started));
}

/** `peak 12.3 GiB at 4:05 (sampled every second; the difference to the baseline at launch)`. */
export function peakOf({ record }: Run): string | null {
  if (record.peakMemoryMib === null) return null;
  const at = record.peakAt === null ? "" : ` at ${formatDuration(Date.parse(record.peakAt) - Date.parse(record.started))}`;
  const how = record.peakIs === "difference to the baseline at launch" ? ", as the difference to the baseline at launch" : "";
  return `Peak GPU memory ${formatMib(record.peakMemoryMib)}${at} (sampled${how})`;
}

/** The memory that a run holds now, from its newest sample. */
export function memoryOf(sample: GpuLine | undefined): { readonly usedMib: number | null; readonly totalMib: number | null } {
  if (sample === undefined || "gap" in sample) return { usedMib: null, totalMib: null };
  const totals = sample.gpus.map((gpu) => gpu.memoryTotalMib);
  return { usedMib: sample.run.memoryMib, totalMib: totals.includes(null) || totals.length === 0 ? null : totals.reduce<number>((sum, each) => sum + (each ?? 0), 0) };
}
