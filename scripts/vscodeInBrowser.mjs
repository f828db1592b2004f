#!/usr/bin/env node
// Takes the place of the desktop VS Code's executable for @vscode/test-electron: understands the same arguments, starts VS Code's
// server build, opens it in headless Chromium and ends with the exit code of the tests. What the tests print comes out on stdout.
import { mkdirSync, mkdtempSync, readFileSync, existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openWorkbench } from "./workbench.mjs";
import { runMain } from "./install.mjs";
import { root } from "./paths.mjs";
import { CommandFailed } from "./process.mjs";
import { startVscodeServer } from "./vscodeServer.mjs";

/** No suite of ours takes nearly as long; a workbench that never answers must not hang the tests. */
const deadline = 5 * 60_000;

/** The arguments of the desktop's executable that mean something here; the others are ignored. */
function parse(args) {
  const known = { extensions: [], trustWorkspaces: false, restricted: false };
  for (const argument of args) {
    const [name, value] = argument.startsWith("--")
      ? [argument.split("=", 1)[0], argument.slice(argument.indexOf("=") + 1)]
      : ["", argument];
    if (name === "") known.folder = resolve(value);
    else if (name === "--extensionDevelopmentPath") known.extensions.push(resolve(value));
    else if (name === "--extensionTestsPath") known.tests = resolve(value);
    else if (name === "--user-data-dir") known.userData = resolve(value);
    else if (name === "--extensions-dir") known.extensionsFolder = resolve(value);
    else if (name === "--disable-workspace-trust") known.trustWorkspaces = true;
    // Ours: test-electron always passes the argument above.
    else if (name === "--restricted-mode") known.restricted = true;
  }
  if (known.tests === undefined || known.folder === undefined)
    throw new CommandFailed("--extensionTestsPath and a folder are needed.");
  return known;
}

async function main() {
  const options = parse(process.argv.slice(2));
  const data = options.userData ?? mkdtempSync(join(tmpdir(), "hf-preflight-"));
  const userSettings = join(data, "User", "settings.json");
  const server = await startVscodeServer({
    folder: join(data, "server"),
    extensions: options.extensionsFolder,
    trustWorkspaces: options.trustWorkspaces && !options.restricted,
    settings: existsSync(userSettings) ? JSON.parse(readFileSync(userSettings, "utf8")) : {},
  });
  const pictures = join(root, "test-results");
  let workbench;
  // Set on a signal too: the server is a process group of its own and would outlive this one.
  const stopped = new Promise((_, reject) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
      process.once(signal, () => reject(new CommandFailed(`Stopped by ${signal}.`)));
  });
  let timer;
  const late = new Promise(
    (_, reject) =>
      (timer = setTimeout(() => reject(new CommandFailed(`The tests had not ended after ${deadline / 1000} s.`)), deadline)),
  );
  try {
    workbench = await Promise.race([openWorkbench({ server, ...options }), stopped]);
    return await Promise.race([workbench.result, stopped, late]);
  } catch (error) {
    mkdirSync(pictures, { recursive: true });
    await workbench?.page.screenshot({ path: join(pictures, "workbench-failed.png") });
    throw error;
  } finally {
    clearTimeout(timer);
    await workbench?.close();
    await server.stop();
    if (options.userData === undefined) rmSync(data, { recursive: true, force: true });
  }
}

await runMain(main);
// The signal handlers' promise and the browser's pipes must not hold the process.
process.exit();
