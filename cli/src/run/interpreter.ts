/** The Python that a script is run with. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { executableIn, findInterpreter } from "../../../server/src/environment/interpreter.js";
import { searchFolders } from "../../../server/src/environment/searchFolders.js";
import { Mistake } from "../mistake.js";

export interface InterpreterRequest {
  /** `--python`: an executable, the folder of an environment, or a name that PATH knows. */
  readonly written: string | undefined;
  /** Absolute path. */
  readonly script: string;
  readonly cwd: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
}

/** Absolute path. @throws Mistake */
export async function interpreterFor({ written, script, cwd, environment }: InterpreterRequest): Promise<string> {
  if (written !== undefined) return named(written, cwd, environment);
  const folders = await searchFolders(dirname(script), [cwd]);
  const found = await findInterpreter({ folders, environment, prefers: "activated" });
  // A version manager's shim says no version, but it does run the right one: what PATH says counts as it stands.
  const path = found && found.source !== "PATH" ? found.path : (onPath("python3", environment) ?? onPath("python", environment) ?? found?.path);
  if (path === undefined) throw new Mistake("No Python was found: no environment is activated, none is beside the script, and none is on the PATH. Say which with --python.");
  if (statSync(path).isDirectory()) throw new Mistake(`The environment ${path} has no Python. Say with --python which one is meant.`);
  return path;
}

async function named(written: string, cwd: string, environment: Readonly<NodeJS.ProcessEnv>): Promise<string> {
  const path = resolve(cwd, written);
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory()) {
    const executable = await executableIn(path);
    if (executable === undefined) throw new Mistake(`--python: the folder ${written} has no Python in it.`);
    return executable;
  }
  if (status) return path;
  const found = /[\\/]/u.test(written) ? undefined : onPath(written, environment);
  if (found === undefined) throw new Mistake(`--python: ${written} does not exist.`);
  return found;
}

function onPath(name: string, environment: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const endings = process.platform === "win32" ? [".exe", ""] : [""];
  for (const folder of (environment["PATH"] ?? environment["Path"] ?? "").split(delimiter).filter(isAbsolute)) {
    for (const ending of endings) {
      const path = join(folder, name + ending);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Somebody else's, or no program.
    return false;
  }
}
