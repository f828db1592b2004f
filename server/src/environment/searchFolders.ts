/** Where what belongs to a script is looked for: its own folder, then upward to the root of its repository or workspace. */
import { access } from "./asyncFiles.js";
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
  const above: string[] = [folder];
  for (let next = dirname(folder); next !== above.at(-1) && above.length < MOST_FOLDERS; next = dirname(next)) above.push(next);
  // All at once: one after the other would be felt at every start.
  const repository = (await Promise.all(above.map(isRepository))).indexOf(true);
  if (repository >= 0) return above.slice(0, repository + 1);
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
  const marks = await Promise.allSettled([".git", ".hg"].map((name) => access(join(folder, name))));
  return marks.some(({ status }) => status === "fulfilled");
}
