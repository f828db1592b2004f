/** Bundles a server entry as esbuild.mjs does, into a folder that looks like the package: `dist/server.js` with `grammars/` beside it. */
import { build } from "esbuild";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The server that ships. */
export const REAL_SERVER = "server/src/main.ts";

/** The same server with the rules of fakeRules.ts. */
export const FAKE_SERVER = "test/lsp/support/fakeServer.ts";

const bundles = new Map<string, Promise<string>>();
const folders: string[] = [];

process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The bundle's path; built once per test process. */
export function serverBundle(entry: string): Promise<string> {
  let bundle = bundles.get(entry);
  if (!bundle) {
    bundle = bundled(entry);
    bundles.set(entry, bundle);
  }
  return bundle;
}

async function bundled(entry: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "hf-preflight-server-"));
  folders.push(folder);
  cpSync(join(root, "grammars"), join(folder, "grammars"), { recursive: true });
  const outfile = join(folder, "dist", "server.js");
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "warning",
    alias: { "web-tree-sitter": "./node_modules/web-tree-sitter/web-tree-sitter.cjs" },
  });
  return outfile;
}
