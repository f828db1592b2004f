// Makes node_modules what package-lock.json says. Every other script begins here, so this runs on a bare Node 20.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CommandFailed, cleanEnvironment, findProgram, runCaptured } from "./process.mjs";
import { node24, root } from "./paths.mjs";

/** The oldest Node that runs the scripts and what is built. */
const oldestNode = 20;

const stamp = join(root, "node_modules", ".hf-preflight-lock");

/** Installs when node_modules is missing, incomplete or of another lockfile. */
export async function ensureInstalled() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < oldestNode)
    throw new CommandFailed(`Node ${oldestNode} or newer is needed; this is Node ${process.versions.node}.`);
  if (isInstalled()) return;
  console.log("Installing the development dependencies (npm ci) ...");
  const { code, output } = await npm(["ci"], { cwd: root });
  if (code !== 0) throw new CommandFailed("npm ci failed.", output + hint(output));
  if (!existsSync(node24))
    throw new CommandFailed("npm ci left out Node 24 (the package `node`): were install scripts switched off (ignore-scripts)?");
  writeFileSync(stamp, lockHash());
}

/** Runs npm and collects what it prints. */
export function npm(args, options = {}) {
  const program = findProgram("npm");
  if (program === undefined) throw new CommandFailed("npm was not found on the path. It comes with Node.js: https://nodejs.org");
  const environment = cleanEnvironment(options.env);
  // Windows runs npm.cmd only through a shell; the arguments are this project's own.
  return runCaptured(program, args, { ...options, env: environment, shell: process.platform === "win32" });
}

/** One more line for the failures that a person can do something about. */
function hint(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|network/u.test(output))
    return "\nThe npm registry could not be reached. Is there a network, and a proxy to be set?";
  if (/EACCES|EPERM/u.test(output)) return `\n${root} could not be written to.`;
  if (/ENOSPC/u.test(output)) return "\nThe disk is full.";
  return "";
}

function isInstalled() {
  if (!existsSync(node24)) return false;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash()) return true;
  return matchesLock();
}

/** Somebody ran npm themselves: every package of the lockfile is there in its version. */
function matchesLock() {
  const hidden = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(readFileSync(hidden, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === "" || entry.optional === true || installed[path]?.version === entry.version,
  );
}

function lockHash() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/** Runs a script's main function; a failure that a person can act on is printed without a stack. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    if (error.output !== "") console.error(error.output.trimEnd());
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await runMain(ensureInstalled);
