/** What the script and its repository looked like when the run began. */
import { copyFileSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gitStateOf, worktreeDiffOf } from "../gitState.js";
import { runFiles } from "../runFiles.js";
import type { Journal } from "./journal.js";

/** No script is this long. Bytes. */
const LARGEST_SCRIPT = 10_000_000;

/** Before the launch, so that it is the script as it ran. */
export function copyScript(script: string, dir: string, journal: Journal): void {
  try {
    if (statSync(script).size <= LARGEST_SCRIPT) copyFileSync(script, join(dir, runFiles.script));
  } catch (error) {
    journal.note(`The script could not be copied: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Beside the launch: git may take its time in a large repository. */
export async function recordGit(script: string, dir: string, journal: Journal): Promise<void> {
  const folder = dirname(script);
  const git = await gitStateOf(folder);
  if (!git) return;
  journal.update({ git });
  if (!git.dirty) return;
  try {
    await writeFile(join(dir, runFiles.diff), await worktreeDiffOf(folder), { mode: 0o600 });
  } catch (error) {
    journal.note(`The work tree's changes could not be kept: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
