/** Source distributions, downloaded once and kept. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * `pip download` would run a source distribution's build to read its metadata, and nothing here is ever executed: so pip is only asked where the file is.
 *
 * @returns the path of the `.tar.gz`. @throws where there is none, or it can't be reached.
 */
export async function sourceArchive(name: string, version: string, folder: string): Promise<string> {
  const path = join(folder, `${name}-${version}.tar.gz`);
  if (existsSync(path)) return path;
  const { stdout } = await run(process.env["PYTHON"] ?? "python3", ["-m", "pip", "index", "versions", name, "-vv"], { maxBuffer: 1 << 26 });
  const link = [...stdout.matchAll(/Found link (\S+)/g)].map((match) => (match[1] ?? "").replace(/#.*/, "")).find((address) => address.endsWith(`-${version}.tar.gz`));
  if (link === undefined) throw new Error(`pip knows no source distribution of ${name} ${version}.`);
  const response = await fetch(link);
  if (!response.ok) throw new Error(`${name} ${version} could not be downloaded: status ${response.status}.`);
  mkdirSync(folder, { recursive: true });
  // Written beside its place and moved: what is interrupted is never taken for a whole archive.
  writeFileSync(`${path}.part`, Buffer.from(await response.arrayBuffer()));
  renameSync(`${path}.part`, path);
  return path;
}
