// Where things are. Runs on a bare Node 20.
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** npm's programs of the checkout; the first of them is Node 24, which vitest, vsce and VS Code's server want. */
export const bin = join(root, "node_modules", ".bin");

/** Node 24 of the development dependencies; it exists after the install. */
export const node24 = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** The environment in which `node` is Node 24. */
export function withNode24(environment) {
  return { ...environment, PATH: [dirname(node24), bin, environment.PATH ?? ""].join(delimiter) };
}

/** The user's cache folder for this project: fresh clones share what is in it. */
export function cacheFolder() {
  if (process.platform === "win32") return join(process.env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "hf-preflight");
  const base = process.env.XDG_CACHE_HOME;
  return join(base !== undefined && base.startsWith("/") ? base : join(homedir(), ".cache"), "hf-preflight");
}
