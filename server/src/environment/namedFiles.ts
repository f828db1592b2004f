/** Where a file that a script names may be: the libraries look for it from the working directory, which nobody knows before the run. */
import { dirname, isAbsolute, join, relative } from "node:path";
import { isWithin } from "./searchFolders.js";

/** Larger than any configuration. */
export const MOST_NAMED_BYTES = 1_000_000;

/** Deep enough for any project. */
const MOST_FOLDERS = 20;

/**
 * The folders that a script may run in, the likeliest first: the workspace's or terminal's, the script's own, those between.
 *
 * @param roots workspace folders, or the terminal's working directory.
 */
export function runFolders(script: string | undefined, roots: readonly string[]): readonly string[] {
  if (script === undefined) return roots;
  const own = dirname(script);
  const around = roots.filter((root) => isWithin(own, root));
  const root = around.sort((a, b) => b.length - a.length)[0];
  const folders = new Set(root === undefined ? [own] : [root, own]);
  if (root !== undefined) for (let folder = own; folder !== root && folders.size < MOST_FOLDERS; folder = dirname(folder)) folders.add(folder);
  return [...folders];
}

/** The paths at which a file may be that a script names so. */
export function candidatePaths(name: string, folders: readonly string[]): readonly string[] {
  return isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name));
}

/** The folders for people: as seen from above the first one. */
export function shownFolders(name: string, folders: readonly string[]): readonly string[] {
  const [first] = folders;
  if (first === undefined || isAbsolute(name)) return [];
  return folders.map((folder) => (relative(dirname(first), folder) || folder).replace(/\\/g, "/"));
}
