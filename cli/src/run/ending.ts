/** How a run ended, in a sentence and as an exit code. */
import { constants } from "node:os";
import type { Run } from "../../../runner/src/runs.js";
import { durationText, memoryText } from "./durations.js";

export function endingText({ record, state, reason }: Run): string {
  const { seconds, exitCode, signal, peakMemoryMib, peakIs } = record;
  const time = seconds === null ? "" : ` after ${durationText(seconds)}`;
  const how = signal !== null ? ` by ${signal}` : exitCode !== null && exitCode !== 0 ? ` with exit code ${exitCode}` : "";
  const words = { finished: "Finished", failed: "Failed", stopped: "Stopped", lost: "Lost", running: "Running" } as const;
  const peak = peakMemoryMib === null ? "" : ` GPU memory at its peak: ${memoryText(peakMemoryMib)}, as sampled${peakIs === "processes" ? "" : " (more than before the launch)"}.`;
  const sentences = [`${words[state]}${state === "failed" || state === "stopped" ? how : ""}${time}.${peak}`];
  if (reason !== null) sentences.push(reason);
  const left = record.leftovers.map(({ pid, command }) => `${pid} (${command.slice(0, 60)})`);
  if (left.length > 0) sentences.push(`Processes that it left behind: ${left.join(", ")}.`);
  return sentences.join(" ");
}

/** The script's own; 128 and the number of the signal that ended it, as shells have it; 1 where nobody knows. */
export function exitCodeOf({ record: { exitCode, signal } }: Run): number {
  if (exitCode !== null) return exitCode;
  const number = signal === null ? undefined : (constants.signals as Readonly<Record<string, number>>)[signal];
  return number === undefined ? 1 : 128 + number;
}
