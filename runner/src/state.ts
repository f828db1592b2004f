/** What has become of a run, from its record and what is seen of its processes. Pure. */
import type { RunRecord, RunState, StopRequest } from "./record.js";

export interface Evidence {
  readonly record: RunRecord;
  readonly stops: readonly StopRequest[];
  /** Whether the run is on this machine. */
  readonly isHere: boolean;
  /** Meaningless on another machine. */
  readonly supervisorLives: boolean;
  readonly processLives: boolean;
  /** Milliseconds since the supervisor last wrote something. */
  readonly silentFor: number;
}

export interface Derived {
  readonly state: RunState;
  /** What is to be said of it: a sentence. */
  readonly reason: string | null;
}

/** A supervisor writes every second or so; the clocks of two machines differ. */
const SILENCE = 5 * 60_000;

export function stateOf({ record, stops, isHere, supervisorLives, processLives, silentFor }: Evidence): Derived {
  const wasAsked = stops.length > 0;
  if (record.ended !== null) return { state: wasAsked ? "stopped" : record.exitCode === 0 ? "finished" : "failed", reason: record.problem };
  if (!isHere) {
    if (silentFor < SILENCE) return { state: "running", reason: `It runs on ${record.host}.` };
    return { state: "lost", reason: `It ran on ${record.host}, and nothing has been heard from there for ${Math.round(silentFor / 60_000)} minutes.` };
  }
  if (supervisorLives) return { state: "running", reason: record.problem };
  if (processLives) return { state: "running", reason: "Its supervisor is gone: the script goes on, but its memory and progress are no longer recorded." };
  if (wasAsked) return { state: "stopped", reason: "Its supervisor was gone by then, so the exit code isn't known." };
  if (record.process === null) return { state: "lost", reason: "Its supervisor ended before the script began." };
  return { state: "lost", reason: "Its supervisor was ended from outside, or the machine was restarted: nobody saw how the script ended. The end of its log may tell." };
}
