/** Finds the run that somebody means. */
import { join, resolve } from "node:path";
import { listRuns, readRun, RunUnreadable, runsFolder, type Run } from "../../../runner/src/runs.js";
import type { ParsedArguments } from "../arguments/parse.js";
import { Mistake } from "../mistake.js";
import type { Program } from "../program.js";

/** Where the runs are: `--runs-dir`, else what the environment says. */
export function runsFolderFor(args: ParsedArguments, cwd: string): string {
  const written = args.value("runs-dir");
  return written === undefined ? runsFolder(process.env) : resolve(cwd, written);
}

/**
 * By its id or the beginning of it.
 *
 * @throws Mistake
 */
export async function runNamed(id: string, args: ParsedArguments, { cwd }: Program): Promise<Run> {
  const folder = runsFolderFor(args, cwd);
  const { runs, broken } = await listed(folder);
  const found = runs.filter(({ record }) => record.id.startsWith(id));
  const exact = found.find(({ record }) => record.id === id);
  if (exact) return exact;
  const damaged = broken.find(({ dir }) => dir === join(folder, id));
  if (damaged) throw new Mistake(damaged.reason);
  if (found.length > 1) throw new Mistake(`${found.length} runs begin with "${id}": ${found.slice(0, 5).map(({ record }) => record.id).join(", ")}${found.length > 5 ? ", ..." : ""}.`);
  const [run] = found;
  if (!run) throw new Mistake(`There is no run "${id}" in ${folder}. "hf-preflight runs" lists them.`);
  return run;
}

/** @throws Mistake */
export async function listed(folder: string): ReturnType<typeof listRuns> {
  return asMistake(() => listRuns(folder));
}

/** @throws Mistake */
export async function readAgain(run: Run): Promise<Run> {
  return asMistake(() => readRun(run.dir, run));
}

/** What is wrong with a run's folder is told as a mistake. */
export async function asMistake<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof RunUnreadable ? new Mistake(error.message) : error;
  }
}
