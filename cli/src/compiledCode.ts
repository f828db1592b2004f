/**
 * Runs a bundle with what V8 compiled of it the last time: compiling is a third of a short check.
 *
 * Node's own cache (`module.enableCompileCache`) takes what is compiled when a file is loaded. Here nearly all functions run later, so what is kept is
 * taken when a process that has checked something ends. It lies in the user's own cache folder: code that others could write there would be run.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { constants, Script } from "node:vm";
import { userFolder } from "../../runner/src/userFolder.js";
import { usualWasm } from "./quickWasm.js";

/** How many bundles and versions of Node have their code kept: those that were compiled last. */
const KEPT = 4;

/**
 * What a CommonJS file exports.
 * @param isWorthKeeping asked when the process ends, if nothing was kept of this file yet.
 */
export function runCompiled(file: string, env: Readonly<NodeJS.ProcessEnv>, isWorthKeeping: (exported: unknown) => boolean): unknown {
  const folder = codeFolder(env);
  const tag = cachedDataVersionTag();
  const kept = folder === undefined ? undefined : join(folder, nameOf(file, tag));
  const loader = (constants as Partial<typeof constants> | undefined)?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const cachedData = kept === undefined ? undefined : readIfThere(kept);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(file, "utf8")}\n})`, {
    filename: file,
    ...(cachedData && { cachedData }),
    // A bundle may still import what belongs to Node. Node before 20.12 can't be told.
    ...(loader && { importModuleDynamically: loader }),
  });
  const module = { exports: {} as unknown };
  const run = script.runInThisContext() as (...scope: readonly unknown[]) => void;
  run(module.exports, createRequire(file), module, file, dirname(file));
  if (kept !== undefined && (cachedData === undefined || script.cachedDataRejected === true)) {
    process.once("exit", () => {
      if (!isWorthKeeping(module.exports)) return;
      usualWasm();
      // Code goes with the flags under which it was compiled.
      if (cachedDataVersionTag() === tag) keep(kept, script.createCachedData());
    });
  }
  return module.exports;
}

/** `$XDG_CACHE_HOME/hf-preflight/code`, else the same below `~/.cache`; undefined where the person wants no such cache. */
function codeFolder(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  if (env["NODE_DISABLE_COMPILE_CACHE"] !== undefined) return undefined;
  return join(userFolder(env, "cache"), "code");
}

/** Of this very file: V8 itself compares no more than the length of the source. No installation can give a new file the old one's time of change. */
function nameOf(file: string, tag: number): string {
  const { size, ctimeMs, mtimeMs } = statSync(file);
  return `${[tag, size, ctimeMs, mtimeMs].join("-")}.bin`;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    // Not kept yet, or not to be read: compiling does as well.
    return undefined;
  }
}

function keep(path: string, code: Buffer): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Another process may be writing the same, or reading it.
    const written = `${path}.${process.pid}`;
    writeFileSync(written, code, { mode: 0o600 });
    renameSync(written, path);
    const older = readdirSync(folder)
      .map((name) => join(folder, name))
      .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
      .slice(KEPT);
    for (const one of older) rmSync(one, { force: true });
  } catch {
    // A full or read-only disk, or another process that clears away the same: the next run compiles again, and nothing else depends on it.
  }
}
