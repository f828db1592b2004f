/** `--python`: an executable, or the folder of an environment. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Mistake } from "../mistake.js";
import type { ParsedArguments } from "./parse.js";

/** Absolute. @throws Mistake where there is nothing, or where it can't count. */
export function checkPythonOption(args: ParsedArguments, cwd: string): string | undefined {
  const written = args.value("python");
  if (written === undefined) return undefined;
  if (args.has("isolated")) throw new Mistake("--python and --isolated contradict each other.");
  const path = resolve(cwd, written);
  if (!statSync(path, { throwIfNoEntry: false })) throw new Mistake(`--python: ${written} does not exist.`);
  return path;
}
