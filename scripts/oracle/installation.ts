/** Puts an environment's packages on disk, once: the heavy ones into a folder that environments share, the rest into one of its own. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Environment, Environments } from "./environments.js";
import { OracleError } from "./oracleError.js";
import { runShown } from "./python.js";

/** Inside a finished folder: what was installed into it. */
const LIST = "hf-preflight-packages.json";

/** Gigabytes for what comes on top of a base. */
const OWN_GIGABYTES = 0.5;

/** `HF_PREFLIGHT_ORACLE` names the folder of the environments, else it is in the user's cache folder. */
export function environmentsFolder(): string {
  const given = process.env["HF_PREFLIGHT_ORACLE"];
  if (given !== undefined && given !== "") return given;
  const cache = process.platform === "win32" ? process.env["LOCALAPPDATA"] : process.env["XDG_CACHE_HOME"];
  return join(cache ?? join(homedir(), ".cache"), "hf-preflight", "oracle");
}

/** Installs what is missing. @returns the PYTHONPATH of the environment. @throws OracleError when the disk is too full or pip fails. */
export function installed(python: string, name: string, environment: Environment, { bases }: Environments): string {
  const base = bases[environment.base];
  if (base === undefined) throw new Error(`There is no base ${environment.base}.`);
  const shared = join(environmentsFolder(), `base-${environment.base}`);
  const own = join(environmentsFolder(), name);
  install(python, shared, base.packages, { gigabytes: base.gigabytes, flags: [] });
  // Without dependencies: torch and its kind would be installed again beside each environment.
  install(python, own, environment.packages, { gigabytes: OWN_GIGABYTES, flags: ["--no-deps"] });
  return [own, shared].join(delimiter);
}

function install(python: string, folder: string, packages: readonly string[], { gigabytes, flags }: { readonly gigabytes: number; readonly flags: readonly string[] }): void {
  if (isDeepStrictEqual(listIn(folder), packages)) return;
  const unfinished = `${folder}.unfinished`;
  rmSync(folder, { recursive: true, force: true });
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const { bavail, bsize } = statfsSync(unfinished);
  const free = (bavail * bsize) / 1e9;
  if (free < gigabytes) {
    throw new OracleError(`${folder} needs about ${gigabytes} GB, and ${free.toFixed(1)} GB are free. Make room, or name a folder on another disk in HF_PREFLIGHT_ORACLE.`);
  }
  console.log(`Installing ${packages.slice(0, 3).join(", ")} and ${Math.max(0, packages.length - 3)} more into ${folder}`);
  const options = ["--quiet", "--no-compile", "--disable-pip-version-check", "--no-warn-conflicts", "--ignore-installed", ...flags];
  runShown(python, ["-m", "pip", "install", ...options, "--target", unfinished, ...packages], { ...process.env, PIP_ROOT_USER_ACTION: "ignore" });
  writeFileSync(join(unfinished, LIST), JSON.stringify(packages));
  renameSync(unfinished, folder);
}

/** What a finished folder holds; undefined where there is none. */
function listIn(folder: string): unknown {
  const list = join(folder, LIST);
  return existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : undefined;
}
