/**
 * Which Python a script runs with, as far as folders and environment variables say. Reads the disk, runs nothing.
 *
 * The extension asks the editor's Python extensions first and comes here for the rest; the terminal and other editors have only this.
 */
import { access } from "./asyncFiles.js";
import { basename, delimiter, dirname, isAbsolute, join } from "node:path";

/** Who said so; shown to the user as it is. */
export type InterpreterSource =
  | "--python"
  | "setting"
  | "Python Environments extension"
  | "Python extension"
  | "project folder"
  | "VIRTUAL_ENV"
  | "CONDA_PREFIX"
  | "PATH";

export interface Interpreter {
  /** Absolute path of the executable, or of the environment's folder where it holds none. */
  readonly path: string;
  readonly source: InterpreterSource;
}

/** Folders of a project that usually hold its environment, the most usual first. */
export const environmentFolders = [".venv", "venv"] as const;

export interface InterpreterSearch {
  /** The script's folder first, then those above it. */
  readonly folders: readonly string[];
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /**
   * In a terminal the activated environment is the user's latest word. An editor inherits its variables from wherever it was started,
   * so that there the project's own folder says more.
   */
  readonly prefers: "activated" | "project";
}

/** The most telling interpreter there is; the one of `PATH` only where nothing else is. */
export async function findInterpreter(search: InterpreterSearch): Promise<Interpreter | undefined> {
  const { environment, folders, prefers } = search;
  const activated = [fromVariable("VIRTUAL_ENV", environment), isCondaBase(environment) ? undefined : fromVariable("CONDA_PREFIX", environment)];
  const project = (): Promise<Interpreter | undefined> => inProject(folders);
  const inOrder = prefers === "activated" ? [...activated, project] : [project, ...activated];
  // Conda's base environment is activated in every shell of many machines; a project's own environment says more.
  inOrder.push(fromVariable("CONDA_PREFIX", environment), () => onPath(environment));
  for (const find of inOrder) {
    const found = await find?.();
    if (found) return found;
  }
  return undefined;
}

/** The Python executable of an environment's folder (venv and conda, POSIX and Windows), if it has one. */
export async function executableIn(prefix: string): Promise<string | undefined> {
  return firstOf(["bin/python", "bin/python3", "Scripts/python.exe", "python.exe"].map((place) => join(prefix, ...place.split("/"))));
}

function isCondaBase({ CONDA_DEFAULT_ENV: name }: Readonly<NodeJS.ProcessEnv>): boolean {
  return name === "base" || name === "root";
}

function fromVariable(name: "VIRTUAL_ENV" | "CONDA_PREFIX", environment: Readonly<NodeJS.ProcessEnv>): (() => Promise<Interpreter | undefined>) | undefined {
  const prefix = environment[name];
  if (prefix === undefined || !isAbsolute(prefix)) return undefined;
  return async () => ((await exists(prefix)) ? { path: (await executableIn(prefix)) ?? prefix, source: name } : undefined);
}

async function inProject(folders: readonly string[]): Promise<Interpreter | undefined> {
  const prefixes = folders.flatMap((folder) => environmentFolders.map((name) => join(folder, name)));
  const mark = await firstOf(prefixes.flatMap((prefix) => [join(prefix, "pyvenv.cfg"), join(prefix, "conda-meta")]));
  if (mark === undefined) return undefined;
  const prefix = dirname(mark);
  return { path: (await executableIn(prefix)) ?? prefix, source: "project folder" };
}

async function onPath(environment: Readonly<NodeJS.ProcessEnv>): Promise<Interpreter | undefined> {
  const folders = (environment["PATH"] ?? environment["Path"] ?? "").split(delimiter).filter(isAbsolute);
  const names = process.platform === "win32" ? ["python.exe"] : ["python3", "python"];
  // The Microsoft Store's placeholder only opens the Store, and pyenv's shims are scripts that choose an interpreter when they run.
  const asked = folders.filter((folder) => !["WindowsApps", "shims"].includes(basename(folder)));
  const path = await firstOf(asked.flatMap((folder) => names.map((name) => join(folder, name))));
  return path === undefined ? undefined : { path, source: "PATH" };
}

/** The first path that is there. All are asked at once: one after the other would be felt at every start. */
async function firstOf(paths: readonly string[]): Promise<string | undefined> {
  const there = await Promise.all(paths.map(exists));
  return paths.find((_, index) => there[index]);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    // Not there, or not to be read: both mean that it can't be asked.
    return false;
  }
}
