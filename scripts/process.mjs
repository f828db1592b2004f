// Child processes of the scripts: started without a shell, and never left behind. Runs on a bare Node 20.
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { existsSync } from "node:fs";

/** A command that could not be started or that failed; the message is for the person at the terminal. */
export class CommandFailed extends Error {
  /**
   * @param {string} message
   * @param {string} [output] what the command printed, when it was captured
   */
  constructor(message, output = "") {
    super(message);
    this.name = "CommandFailed";
    this.output = output;
  }
}

/** The full path of a program on the path, or undefined. */
export function findProgram(name) {
  const endings = process.platform === "win32" ? [".cmd", ".exe", ".bat", ""] : [""];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    if (folder === "") continue;
    for (const ending of endings) {
      const path = join(folder, name + ending);
      if (existsSync(path)) return path;
    }
  }
  return undefined;
}

/** This process's environment without what an outer `npm run` says about its own package: an inner npm would believe it. */
export function cleanEnvironment(additions = {}) {
  const environment = { ...process.env, ...additions };
  for (const name of Object.keys(environment)) {
    if (
      /^npm_(package|lifecycle|command|execpath|node_execpath)/u.test(name) ||
      name === "npm_config_local_prefix" ||
      name === "INIT_CWD"
    ) {
      Reflect.deleteProperty(environment, name);
    }
  }
  return environment;
}

/** Runs to the end with the output shown. Resolves to the exit code; a command killed by a signal counts as 1. */
export function runVisibly(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
    child.on("error", (error) => reject(new CommandFailed(`${program} could not be started: ${error.message}`)));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Runs to the end and collects the output (stdout and stderr together); with `show` it is shown as well. Never throws for an exit code. */
export function runCaptured(program, args, { show = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    const collect = (stream) => (chunk) => {
      output += chunk;
      if (show) stream.write(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", collect(process.stdout));
    child.stderr.setEncoding("utf8").on("data", collect(process.stderr));
    child.on("error", (error) => reject(new CommandFailed(`${program} could not be started: ${error.message}`)));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs to the end quietly; throws with the output when it fails. */
export async function runQuietly(program, args, options = {}) {
  const { code, output } = await runCaptured(program, args, options);
  if (code !== 0) throw new CommandFailed(`${[program, ...args].join(" ")} failed with exit code ${code}.`, output);
  return output;
}

/**
 * Stops a process that was started with `detached: true`, and everything that it started: SIGTERM to its group, then SIGKILL for
 * what is still there after `grace` milliseconds.
 */
export async function stopGroup(child, grace = 3_000) {
  if (child.pid === undefined) return;
  const ended =
    child.exitCode === null && child.signalCode === null
      ? new Promise((resolve) => child.once("exit", resolve))
      : Promise.resolve();
  signalGroup(child.pid, "SIGTERM");
  let timer;
  await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, grace)))]);
  clearTimeout(timer);
  // The leader may be gone while one of its children is not; the group has the leader's id either way.
  signalGroup(child.pid, "SIGKILL");
  await ended;
}

function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH" && error.code !== "EPERM") throw error; // Already gone, which is what was wanted.
  }
}
