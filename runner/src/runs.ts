/** Reads runs: what their folders say, and what can be seen of their processes. Changes nothing. */
import { readdir, readFile, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { codeOf, isNotThere } from "./failedWrite.js";
import { isAlive } from "./processIdentity.js";
import { runRecordSchema, SCHEMA, stopRequestSchema, type RunRecord, type RunState, type StopRequest } from "./record.js";
import { runFiles, stopFilePattern } from "./runFiles.js";
import { stateOf } from "./state.js";
import { userFolder } from "./userFolder.js";

export interface Run {
  readonly record: RunRecord;
  readonly state: RunState;
  /** Why it is `lost`, or what else is to be said of the state: a sentence. */
  readonly reason: string | null;
  /** Whether its supervisor lives; without it a running script is no longer sampled. */
  readonly supervised: boolean;
  /** The oldest first. */
  readonly stops: readonly StopRequest[];
  readonly dir: string;
}

export interface BrokenRun {
  readonly dir: string;
  /** A sentence. */
  readonly reason: string;
}

export interface RunList {
  /** The newest first. */
  readonly runs: readonly Run[];
  /** Folders that can't be understood. */
  readonly broken: readonly BrokenRun[];
}

/** Why a run can't be read: a sentence. */
export class RunUnreadable extends Error {}

/** Folders that are read at the same time. */
const AT_ONCE = 32;
/** For so long a folder without a record is one that is just being made. Milliseconds. */
const IN_THE_MAKING = 30_000;

/** Where runs are kept: `HF_PREFLIGHT_RUNS`, else `$XDG_STATE_HOME/hf-preflight/runs`, else the same below `~/.local/state`. */
export function runsFolder(env: Readonly<NodeJS.ProcessEnv>): string {
  const chosen = env["HF_PREFLIGHT_RUNS"];
  if (chosen !== undefined && chosen !== "") return resolve(chosen);
  return join(userFolder(env, "state"), "runs");
}

/**
 * @param before the run as it was read last: a running one whose folder has been removed since is given back as `lost`, with the reason.
 * @throws RunUnreadable
 */
export async function readRun(dir: string, before?: Run): Promise<Run> {
  const record = await readRecord(dir, before);
  if (record === undefined) return removed(before as Run);
  const stops = await readStops(dir);
  const supervisorLives = record.ended === null && isAlive(record.supervisor);
  const processLives = record.ended === null && record.process !== null && isAlive(record.process);
  // A laptop is called otherwise in another network; its processes are the same.
  const isHere = record.host === hostname() || supervisorLives || processLives;
  if (record.ended === null && isHere && !supervisorLives) {
    // It may have written its last words between the two looks.
    const last = await readRecord(dir, before);
    if (last && last.ended !== null) return readRun(dir, before);
  }
  const silentFor = isHere ? 0 : await silenceOf(dir);
  const derived = stateOf({ record, stops, isHere, supervisorLives, processLives, silentFor });
  return { record, ...derived, supervised: isHere ? supervisorLives : derived.state === "running", stops, dir };
}

/** A folder that isn't there holds no runs. */
export async function listRuns(folder: string): Promise<RunList> {
  const runs: Run[] = [];
  const broken: BrokenRun[] = [];
  const names = await foldersIn(folder);
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const read = names.slice(start, start + AT_ONCE).map(async (name) => {
      const dir = join(folder, name);
      try {
        runs.push(await readRun(dir));
      } catch (error) {
        if (!(error instanceof RunUnreadable)) throw error;
        if (!(await isUnborn(dir))) broken.push({ dir, reason: error.message });
      }
    });
    await Promise.all(read);
  }
  runs.sort((a, b) => b.record.started.localeCompare(a.record.started) || b.record.id.localeCompare(a.record.id));
  return { runs, broken: broken.sort((a, b) => a.dir.localeCompare(b.dir)) };
}

/** @returns undefined when the folder of a run that was seen before is no longer there. */
async function readRecord(dir: string, before: Run | undefined): Promise<RunRecord | undefined> {
  let text: string;
  try {
    text = await readFile(join(dir, runFiles.record), "utf8");
  } catch (error) {
    if (isNotThere(error) && before && !(await isThere(dir))) return undefined;
    throw new RunUnreadable(isNotThere(error) ? `${dir} has no ${runFiles.record}: it is no run.` : `${dir} can't be read (${codeOf(error) ?? String(error)}).`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new RunUnreadable(`${join(dir, runFiles.record)} is damaged: it isn't JSON.`);
  }
  const { success, data, error } = runRecordSchema.safeParse(json);
  if (success) return data;
  const schema = typeof json === "object" && json !== null && "schema" in json ? json.schema : undefined;
  if (typeof schema === "number" && schema > SCHEMA) throw new RunUnreadable(`${dir} was written by a newer HF Preflight: update this one to see it.`);
  const [issue] = error.issues;
  throw new RunUnreadable(`${join(dir, runFiles.record)} is damaged: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "it is no record"}.`);
}

function removed(before: Run): Run {
  if (before.state !== "running") return before;
  const lives = before.record.process !== null && isAlive(before.record.process);
  const what = lives ? `; the script goes on as process ${before.record.process?.pid ?? 0}` : "";
  return { ...before, state: "lost", reason: `Its folder was removed while it ran${what}.`, supervised: false };
}

async function readStops(dir: string): Promise<StopRequest[]> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => stopFilePattern.test(name)).sort();
  const stops: StopRequest[] = [];
  for (const name of names) {
    const parsed = stopRequestSchema.safeParse(parsedOrNothing(await readFile(join(dir, name), "utf8").catch(() => "")));
    if (parsed.success) stops.push(parsed.data);
  }
  return stops;
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half written, by somebody whom the full disk stopped: the signal was sent all the same.
    return undefined;
  }
}

async function silenceOf(dir: string): Promise<number> {
  const times = await Promise.all([runFiles.gpu, runFiles.metrics, runFiles.record].map((name) => stat(join(dir, name)).then(({ mtimeMs }) => mtimeMs, () => 0)));
  return Math.max(0, Date.now() - Math.max(...times));
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  } catch (error) {
    if (isNotThere(error)) return [];
    throw new RunUnreadable(`The runs in ${folder} can't be read (${codeOf(error) ?? String(error)}).`);
  }
}

/** Whether a run is just being made there, or was never more than an empty folder because its starter was killed. */
async function isUnborn(dir: string): Promise<boolean> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => name !== runFiles.supervisorLog);
  if (names.length === 0) return true;
  const { mtimeMs } = await stat(dir).catch(() => ({ mtimeMs: 0 }));
  return !names.includes(runFiles.record) && Date.now() - mtimeMs < IN_THE_MAKING;
}

async function isThere(dir: string): Promise<boolean> {
  return stat(dir).then(() => true, () => false);
}
