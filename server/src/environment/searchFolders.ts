/** Where what belongs to a script is looked for: its own folder, then upward to the root of its repository or workspace. */
import { access } from "node:fs/promises";
import { dirname, join, relative, isAbsolute, sep } from "node:path";

/** Deep enough for any project; a bound for what can't be foreseen. */
const MOST_FOLDERS = 40;

/**
 * The nearest first. Without a repository around the script the search ends at the innermost of `roots` that holds it; without that
 * too, nothing above the script's own folder is asked: it belongs to somebody else.
 *
 * @param roots workspace folders, or the terminal's working directory.
 */
export async function searchFolders(folder: string, roots: readonly string[]): Promise<readonly string[]> {
  const above: string[] = [];
  for (let next = folder; above.length < MOST_FOLDERS; next = dirname(next)) {
    above.push(next);
    if (await isRepository(next)) return above;
    if (dirname(next) === next) break;
  }
  const root = above.find((candidate) => roots.some((each) => relative(each, candidate) === ""));
  return root === undefined ? [folder] : above.slice(0, above.indexOf(root) + 1);
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** `.git` is a file in a worktree and in a submodule. */
async function isRepository(folder: string): Promise<boolean> {
  for (const name of [".git", ".hg"]) {
    try {
      await access(join(folder, name));
      return true;
    } catch {
      // None here.
      continue;
    }
  }
  return false;
}
