/** What the panel shows of a run, from its record and from what its files have said so far. Pure. */
import type { Failure } from "../../../../runner/src/output/failure.js";
import type { GpuSample, MetricLine } from "../../../../runner/src/record.js";
import type { Run } from "../../../../runner/src/runs.js";
import { shellQuote } from "../../../../runner/src/shellQuote.js";
import type { RunView } from "../messages.js";
import { formatNumber } from "../model/format.js";
import { briefCommand, meterOf, nameOf, outcomeOf, peakOf } from "./words.js";

/** What a run's files have said so far. */
export interface RunNews {
  readonly progress: MetricLine | undefined;
  /** The newest sample; undefined before the first, and while sampling pauses. */
  readonly sample: GpuSample | undefined;
  /** Why there is no sample. */
  readonly gap: string | undefined;
  readonly sampled: boolean;
  readonly failure: Failure | undefined;
  /** Titles of what can be changed in the script. */
  readonly remedies: readonly string[];
  /** What the smoke run's wrapper said that it changed. */
  readonly changes: readonly string[];
  /** The sentence that says that it may hang. */
  readonly hang: string | undefined;
}

export const noNews: RunNews = { progress: undefined, sample: undefined, gap: undefined, sampled: false, failure: undefined, remedies: [], changes: [], hang: undefined };

export function runViewOf(run: Run, news: RunNews): RunView {
  const { record, state } = run;
  const live = state === "running";
  const gpus = live ? (news.sample?.gpus ?? []).filter((gpu) => record.gpus.length === 0 || record.gpus.includes(gpu.uuid)) : [];
  const host = live ? (news.sample?.host ?? null) : null;
  return {
    id: record.id,
    name: nameOf(record.script),
    script: record.script,
    state,
    outcome: outcomeOf(run),
    demo: record.demo,
    smoke: record.smoke,
    started: record.started,
    ended: record.ended,
    command: record.argv.map(shellQuote).join(" "),
    brief: briefCommand(record.argv, record.script),
    progress: progressOf(news.progress),
    gpus: gpus.map(meterOf),
    host: host && { label: "Host memory", usedMib: host.usedMib, totalMib: host.totalMib, detail: "", problem: null },
    peak: peakOf(run),
    memoryNote: memoryNoteOf(run, news),
    warning: warningOf(run, news),
    failure: news.failure
      ? { sentence: news.failure.sentence, advice: [...news.failure.advice], place: news.failure.script ? { ...news.failure.script } : null, rule: news.failure.ruleId ?? null, remedies: [...news.remedies] }
      : null,
    changes: [...news.changes],
    stopsAsked: run.stops.length,
  };
}

function progressOf(line: MetricLine | undefined): RunView["progress"] {
  if (line?.step === undefined) return null;
  const rate = line.rate === undefined || line.rate <= 0 ? null : line.rate >= 1 ? `${formatNumber(line.rate)} steps/s` : `${formatNumber(1 / line.rate)} s per step`;
  return { step: line.step, total: line.total ?? null, rate, remainingSeconds: line.remainingSeconds ?? null, epoch: line.epoch ?? null };
}

function memoryNoteOf({ record, state }: Run, { sampled, gap }: RunNews): string | null {
  if (record.gpuMask === "" || record.gpuMask === "-1") return sampled ? null : "This run uses no GPU, so there is no chart of GPU memory.";
  if (gap !== undefined) return `No chart of GPU memory: ${gap}`;
  if (sampled) return null;
  return state === "running" ? null : "No GPU memory was sampled during this run.";
}

function warningOf(run: Run, { hang }: RunNews): string | null {
  const { record, state, supervised } = run;
  const parts: string[] = [];
  if (record.paused !== null) parts.push(`${record.paused.reason}: the curves are paused since ${clock(record.paused.since)}. The script goes on.`);
  if (record.problem !== null) parts.push(record.problem);
  if (state === "running" && !supervised) parts.push("What watched this run is gone: the script goes on and writes its log, and the curves end here.");
  if (hang !== undefined) parts.push(hang);
  if (record.leftovers.length > 0) parts.push(`Still there after the run: ${record.leftovers.map(({ pid, command }) => `${command} (process ${pid})`).join(", ")}.`);
  return parts.length > 0 ? parts.join(" ") : null;
}

/** The time of day where the reader is. */
function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString();
}
