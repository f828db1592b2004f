/** Text -> events, in pieces of any size. */
import { OutputReader } from "../../../runner/src/output/outputReader.js";
import type { OutputEvent } from "../../../runner/src/output/outputEvent.js";

/** @param msPerPiece how much later each piece is read than the one before */
export function read(output: string | Uint8Array, { size = Infinity, msPerPiece = 0 } = {}): OutputEvent[] {
  const bytes = typeof output === "string" ? Buffer.from(output) : output;
  const reader = new OutputReader();
  const events: OutputEvent[] = [];
  let time = Date.UTC(2026, 0, 1);
  const step = Math.min(size, Math.max(1, bytes.length));
  for (let start = 0; start < bytes.length; start += step) events.push(...reader.push(bytes.subarray(start, start + step), new Date((time += msPerPiece))));
  events.push(...reader.end(new Date(time)));
  return events;
}

/** An event as a short line: `metrics 10 loss=2.1`, `training 5/20`, `first step 1`. */
export function show(event: OutputEvent): string {
  const at = event.step === undefined ? "" : ` ${event.step}${event.total === undefined ? "" : `/${event.total}`}`;
  switch (event.kind) {
    case "progress":
      return `${event.label ?? event.bar ?? ""}${at}`;
    case "metrics":
      return `metrics${at} ${[...Object.entries(event.values ?? {}).map(([name, value]) => `${name}=${value}`), ...(event.notFinite ?? []).map((name) => `${name}=?`)].join(" ")}`;
    case "event":
      return `${event.event ?? ""}${at}${event.label === undefined ? "" : ` ${event.label}`}`;
  }
}
