// Builds dist/ when it is older than its sources. Runs on a bare Node 20, after the install.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { cleanEnvironment, runQuietly } from "./process.mjs";
import { root } from "./paths.mjs";

const sources = ["client", "server", "cli", "runner", "esbuild.mjs", "package-lock.json"];
const built = ["dist/client.js", "dist/panel.js", "dist/server.js", "dist/cli.js", "dist/programs.js"];

/** Bundles everything; a failure shows esbuild's messages. */
export async function build() {
  await runQuietly(process.execPath, ["esbuild.mjs"], { cwd: root, env: cleanEnvironment() });
}

/** Bundles only when a source is newer than what is built. */
export async function buildIfNeeded() {
  if (!isBuilt()) await build();
}

function isBuilt() {
  const paths = built.map((path) => join(root, path));
  if (!paths.every((path) => existsSync(path))) return false;
  const oldest = Math.min(...paths.map((path) => statSync(path).mtimeMs));
  return sources.every((source) => newest(join(root, source)) <= oldest);
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
