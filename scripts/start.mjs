// `npm start`: the editor with the extension on examples/. Desktop VS Code where there is one, else VS Code's server build in the browser.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo, hostname } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled, runMain } from "./install.mjs";
import { root } from "./paths.mjs";
import { CommandFailed, findProgram, runVisibly } from "./process.mjs";

const usage = `npm start [-- OPTIONS]

Opens VS Code with HF Preflight on the folder examples/: the desktop VS Code when \`code\` is on the path and there is a display,
else VS Code in the browser.

  --port N      the port of VS Code in the browser (default: 8123, or a free one when that is taken)
  --browser     VS Code in the browser even where there is a desktop VS Code
  --help        this text`;

const usualPort = 8123;

async function main() {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const code = options.browser || options.port !== undefined ? undefined : desktopVscode();
  // Before minutes of installing, not after.
  const port = code === undefined ? await choosePort(options.port) : 0;
  await ensureInstalled();
  const { build } = await import("./build.mjs");
  console.log("Building ...");
  await build();
  return code === undefined ? openInBrowser(port) : openOnDesktop(code);
}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      args: givenArguments(),
      options: { port: { type: "string" }, browser: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    }));
  } catch (error) {
    throw new CommandFailed(`${error.message}\n\n${usage}`);
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw new CommandFailed(`--port ${values.port}: a number from 1 to 65535 is needed.`);
  }
  return { port, browser: values.browser === true, help: values.help === true };
}

/** `npm start --port N`, without the `--` before it, is npm's own option to npm: it hands on the name and the value apart. */
function givenArguments() {
  const args = process.argv.slice(2);
  const taken = process.env.npm_config_port;
  if (taken === undefined) return args;
  return taken === "true" ? ["--port", ...args] : ["--port", taken, ...args];
}

/** `code`, unless it could only talk to a VS Code elsewhere (the terminal of a remote window) or has no display to open on. */
function desktopVscode() {
  if (process.env.VSCODE_IPC_HOOK_CLI !== undefined || process.env.SSH_CONNECTION !== undefined) return undefined;
  const display =
    process.platform !== "linux" || (process.env.DISPLAY ?? "") !== "" || (process.env.WAYLAND_DISPLAY ?? "") !== "";
  return display ? findProgram("code") : undefined;
}

async function openOnDesktop(code) {
  console.log("Opening VS Code ...");
  return runVisibly(code, ["--new-window", `--extensionDevelopmentPath=${root}`, join(root, "examples")], {
    shell: process.platform === "win32",
  });
}

async function choosePort(wanted) {
  if (wanted !== undefined) {
    if (!(await isFree(wanted))) throw new CommandFailed(`Port ${wanted} is taken or not allowed; choose another with --port.`);
    return wanted;
  }
  return (await isFree(usualPort)) ? usualPort : 0;
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

async function openInBrowser(port) {
  const { ensureVscodeServer, startVscodeServer, workbenchAddress } = await import("./vscodeServer.mjs");
  const stopAsked = new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve(signal));
  });
  const installed = await Promise.race([ensureVscodeServer(), stopAsked.then(() => undefined)]);
  if (installed === undefined) return 130;
  // The address holds a token: on a machine with several users, nobody else gets a terminal as this one.
  const token = randomBytes(16).toString("hex");
  const server = await startVscodeServer({ port, token, folder: join(root, ".cache", "editor") });
  const address = workbenchAddress({
    port: server.port,
    token,
    folder: join(root, "examples"),
    extensions: [root],
    open: [firstLook()],
  });
  console.log(`\nVS Code with HF Preflight is at\n\n  ${address}\n`);
  if (process.env.SSH_CONNECTION !== undefined) {
    const host = process.env.SSH_CONNECTION.split(" ")[2] ?? hostname();
    console.log(`From your own machine, first: ssh -L ${server.port}:127.0.0.1:${server.port} ${userInfo().username}@${host}\n`);
  }
  console.log("Ctrl-C stops it.");
  const reason = await Promise.race([stopAsked, server.ended.then(() => "ended")]);
  await server.stop();
  if (reason === "ended") throw new CommandFailed("VS Code's server ended by itself.");
  console.log("\nStopped.");
  return 0;
}

/** The first example, at the line that is underlined in it. */
function firstLook() {
  const path = join(root, "examples", "strategy_mismatch.py");
  const line =
    readFileSync(path, "utf8")
      .split("\n")
      .findIndex((text) => text.includes("save_strategy=")) + 1;
  return `${path}:${line}`;
}

await runMain(main);
process.exit();
