// VS Code's server build: the real workbench and the real extension host for machines without a desktop VS Code. It comes from the
// npm package code-server, whose lib/vscode is installed into the user's cache folder (about 800 MB) and started without code-server.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandFailed, cleanEnvironment, runQuietly, stopGroup } from "./process.mjs";
import { npm } from "./install.mjs";
import { cacheFolder, node24, withNode24 } from "./paths.mjs";

/** The npm package, and the version of VS Code that is in it. */
const packageVersion = "4.139.1";
export const vscodeVersion = "1.139.1";

/** Native modules without which the extension host does not start; all others ship built or are not needed. */
const nativeModules = ["@vscode/spdlog", "@vscode/native-watchdog"];

/** Installs the server build when it is missing; resolves to its folder. */
export async function ensureVscodeServer() {
  const folder = join(cacheFolder(), `vscode-${vscodeVersion}`);
  const server = join(folder, "node_modules", "code-server", "lib", "vscode");
  removeInterrupted();
  if (isComplete(folder)) return server;
  if (process.platform === "win32")
    throw new CommandFailed("VS Code's server build does not run on Windows. Put VS Code's `code` on the path.");
  console.log(`Installing VS Code ${vscodeVersion}'s server build into ${folder} (once; about 800 MB, one to three minutes) ...`);
  mkdirSync(cacheFolder(), { recursive: true });
  // Installed beside its place and renamed: an install that is interrupted is never taken for a whole one.
  const unfinished = mkdtempSync(`${folder}.`);
  try {
    writeFileSync(join(unfinished, "pid"), String(process.pid));
    writeFileSync(join(unfinished, "package.json"), JSON.stringify({ private: true }));
    await install(unfinished);
    writeFileSync(join(unfinished, "complete"), "");
    // Another run may have been first, and may be using what it installed.
    if (!isComplete(folder)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(unfinished, folder);
    }
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return server;
}

function isComplete(folder) {
  return existsSync(join(folder, "complete"));
}

async function install(folder) {
  const vscode = join(folder, "node_modules", "code-server", "lib", "vscode");
  const step = async (args, cwd) => {
    const { code, output } = await npm(args, { cwd, env: withNode24({ ...process.env, ...nodeHeaders() }) });
    if (code !== 0) throw new CommandFailed(`npm ${args.join(" ")} failed while VS Code's server build was installed.`, output);
  };
  await step(["install", `code-server@${packageVersion}`, "--ignore-scripts", "--no-save", "--no-audit", "--no-fund"], folder);
  await step(["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], vscode);
  await step(["rebuild", ...nativeModules], vscode);
  await step(["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], join(vscode, "extensions"));
}

/** Node's headers of the system, if it has some: then node-gyp downloads none. They need not be of the same version (N-API). */
function nodeHeaders() {
  if (process.env.npm_config_nodedir !== undefined || !existsSync("/usr/include/node/node_api.h")) return {};
  return { npm_config_nodedir: "/usr" };
}

/** Unfinished installs of processes that are gone. */
function removeInterrupted() {
  if (!existsSync(cacheFolder())) return;
  for (const name of readdirSync(cacheFolder())) {
    const path = join(cacheFolder(), name);
    if (/^vscode-[\d.]+\.\w{6}$/u.test(name) && !isInstalling(path)) rmSync(path, { recursive: true, force: true });
  }
}

function isInstalling(path) {
  try {
    process.kill(Number(readFileSync(join(path, "pid"), "utf8")), 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * Starts the server build on the loopback interface and resolves when it listens.
 *
 * - `port` 0 takes a free one.
 * - `folder` holds its data (settings, logs, extensions) and is the caller's to remove.
 * - `token` is what a browser must know to connect; without one, every user of this machine could run commands as this user.
 * - `trustWorkspaces` opens every folder as trusted, without asking.
 * - `environment` goes to the extension host.
 * - `onOutput` receives what the server prints.
 */
export async function startVscodeServer({
  port = 0,
  folder,
  extensions = join(folder, "extensions"),
  token,
  trustWorkspaces = true,
  settings = {},
  environment = process.env,
  onOutput = () => {},
}) {
  const server = await ensureVscodeServer();
  mkdirSync(extensions, { recursive: true });
  mkdirSync(join(folder, "data", "Machine"), { recursive: true });
  writeFileSync(join(folder, "data", "Machine", "settings.json"), JSON.stringify({ ...quiet, ...settings }, undefined, 2));
  const args = [
    join(server, "out", "server-main.js"),
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--accept-server-license-terms",
    // Without the driver's switch a built workbench takes no extension under development from its address.
    "--enable-smoke-test-driver",
    "--telemetry-level",
    "off",
    "--server-data-dir",
    folder,
    "--extensions-dir",
    extensions,
    ...(token === undefined ? ["--without-connection-token"] : ["--connection-token", token]),
    ...(trustWorkspaces ? ["--disable-workspace-trust"] : []),
  ];
  // A group of its own: the extension host, its terminals and the language server are its children, and stop with it.
  const child = spawn(node24, args, { env: cleanEnvironment(environment), stdio: ["ignore", "pipe", "pipe"], detached: true });
  const listening = new Promise((resolve, reject) => {
    let output = "";
    const collect = (chunk) => {
      output += chunk;
      onOutput(chunk);
      const match = /Extension host agent listening on (\d+)/u.exec(output);
      if (match !== null) resolve(Number(match[1]));
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.on("error", (error) => reject(new CommandFailed(`VS Code's server could not be started: ${error.message}`)));
    child.on("exit", (code) => {
      const reason = output.includes("EADDRINUSE")
        ? `Port ${port} is taken; choose another with --port.`
        : `VS Code's server ended with exit code ${code}.`;
      reject(new CommandFailed(reason, output));
    });
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = () => stopGroup(child);
  try {
    return { port: await listening, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What keeps the first start free of what has nothing to do with the extension. */
const quiet = {
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "security.workspace.trust.startupPrompt": "never",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
};

/** The address that opens `folder` with the extensions under development in the editor; `tests` is run in the extension host. */
export function workbenchAddress({ port, folder, token, extensions = [], tests, open = [] }) {
  const remote = (path) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ...(extensions.length > 0 ? [["extensionDevelopmentPath", extensions.map(remote).join(",")]] : []),
    ...(tests === undefined ? [] : [["extensionTestsPath", remote(tests)]]),
    ...open.map((path) => ["openFile", remote(path)]),
    // `path:line` opens at the line.
    ["gotoLineMode", "true"],
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  const query = new URLSearchParams({ ...(token === undefined ? {} : { tkn: token }), folder, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}

/** Installs a VSIX as a user would. */
export async function installVsix(vsix, { folder, extensions }) {
  const server = await ensureVscodeServer();
  const args = [
    join(server, "out", "server-main.js"),
    "--accept-server-license-terms",
    "--server-data-dir",
    folder,
    "--extensions-dir",
    extensions,
    "--install-extension",
    vsix,
  ];
  return runQuietly(node24, args, { env: cleanEnvironment() });
}
