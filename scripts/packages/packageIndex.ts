/** Which releases there are, and their archives: asked of the package index through pip, which knows how to reach it. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { compareVersions, parseVersion } from "../../server/src/environment/pep440.js";
import type { LibrarySource } from "../knowledge/libraries.js";
import { sourceArchive } from "./sourceArchive.js";

const run = promisify(execFile);

/** All releases but pre-releases and yanked ones, ascending. @throws when pip or the index can't be reached. */
export async function publishedReleases(distribution: string): Promise<string[]> {
  const { stdout } = await pip(["index", "versions", distribution]);
  const list = /Available versions: (.*)/.exec(stdout)?.[1];
  if (list === undefined) throw new Error(`pip names no versions of ${distribution}.`);
  return list.split(", ").sort(byVersion);
}

/** The first release of each minor version and its newest patch, or all of them, as a library's line says; ascending. */
export function releasesToRead(published: readonly string[], { since, everyPatch, also }: Pick<LibrarySource, "since" | "everyPatch" | "also">): string[] {
  const minors = new Map<string, string[]>();
  for (const release of published) {
    if (byVersion(release, since) < 0) continue;
    const minor = release.split(".").slice(0, 2).join(".");
    minors.set(minor, [...(minors.get(minor) ?? []), release]);
  }
  const chosen = [...minors.values()].flatMap((releases) => (everyPatch ? releases : [releases[0] ?? "", releases.at(-1) ?? ""]));
  return [...new Set([...chosen, ...also])].sort(byVersion);
}

export function byVersion(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (!left || !right) throw new Error(`Not a PEP 440 version: ${left ? b : a}`);
  return compareVersions(left, right);
}

/** The wheel of a release, or its source distribution where there is no wheel: from the folder, else downloaded into it. */
export async function archiveOf(distribution: string, release: string, folder: string): Promise<string> {
  const known = inFolder(distribution, release, folder);
  if (known !== undefined) return known;
  mkdirSync(folder, { recursive: true });
  // Downloaded beside its place and moved: what is interrupted is never taken for a whole archive.
  const unfinished = mkdtempSync(join(folder, "unfinished-"));
  try {
    const download = ["download", "--quiet", "--no-deps", "--ignore-requires-python", "--only-binary", ":all:", "--dest", unfinished, `${distribution}==${release}`];
    const hasWheel = await pip(download).then(
      () => true,
      () => false,
    );
    if (!hasWheel) return await sourceArchive(distribution, release, folder);
    for (const name of readdirSync(unfinished)) renameSync(join(unfinished, name), join(folder, name));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  const path = inFolder(distribution, release, folder);
  if (path === undefined) throw new Error(`pip downloaded no archive of ${distribution} ${release}.`);
  return path;
}

function inFolder(distribution: string, release: string, folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const escaped = distribution.replace(/[-_.]+/g, "_");
  const wheel = readdirSync(folder).find((name) => name.endsWith(".whl") && name.toLowerCase().startsWith(`${escaped}-${release}-`));
  const names = wheel === undefined ? [`${distribution}-${release}.tar.gz`, `${escaped}-${release}.tar.gz`] : [wheel];
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

async function pip(args: readonly string[]): Promise<{ stdout: string }> {
  try {
    return await run(process.env["PYTHON"] ?? "python3", ["-m", "pip", ...args], { maxBuffer: 1 << 26 });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`pip ${args.join(" ")} failed. Is Python with pip on the path?\n${stderr ?? String(error)}`, { cause: error });
  }
}
