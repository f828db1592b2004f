/** Finds the Python files that the paths of a command line mean. */
import { existsSync, readdirSync, statSync, type Dirent } from "node:fs";
import { join, resolve, sep } from "node:path";
import { reasonOf } from "./readSource.js";

/** Folders that hold nobody's own scripts. */
const skippedFolders = new Set(["node_modules", "__pycache__", "site-packages"]);

export interface Walk {
  readonly cwd: string;
  /** Asked about files and folders that were found, not about those that were named. */
  readonly isExcluded: (path: string) => boolean | Promise<boolean>;
  /** A path that can't be read. */
  readonly onUnreadable: (path: string, reason: string) => void;
}

/** Absolute paths, each once, sorted. */
export async function pythonFiles(paths: readonly string[], walk: Walk): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(walk.cwd, path);
    try {
      if (statSync(absolute).isDirectory()) await inFolder(absolute, walk, found);
      else found.add(absolute);
    } catch (error) {
      walk.onUnreadable(absolute, reasonOf(error));
    }
  }
  return [...found].sort();
}

async function inFolder(folder: string, walk: Walk, found: Set<string>): Promise<void> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    walk.onUnreadable(folder, reasonOf(error));
    return;
  }
  for (const entry of entries) {
    const path = folder.endsWith(sep) ? folder + entry.name : join(folder, entry.name);
    if (entry.isDirectory()) {
      if (isSkipped(entry.name, path) || (await walk.isExcluded(path))) continue;
      await inFolder(path, walk, found);
    } else if (entry.name.endsWith(".py") && isFile(entry, path) && !(await walk.isExcluded(path))) {
      found.add(path);
    }
  }
}

function isSkipped(name: string, path: string): boolean {
  return name.startsWith(".") || skippedFolders.has(name) || existsSync(join(path, "pyvenv.cfg"));
}

/** Links to files count, links to folders don't: they could go round in circles. */
function isFile(entry: Dirent, path: string): boolean {
  if (entry.isFile()) return true;
  return entry.isSymbolicLink() && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}
