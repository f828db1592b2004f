/** Bundles entries as esbuild.mjs does, into a folder that looks like the package: `dist/` with the data, `grammars/` beside it. */
import { build } from "esbuild";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lateDocumentation } from "../../scripts/lateDocumentation.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folders: string[] = [];

process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/**
 * @param entries name of the bundle -> its entry, below the root.
 * @returns the path of `dist/`, which goes with the process.
 */
export async function packageFolder(entries: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "hf-preflight-package-"));
  folders.push(folder);
  cpSync(join(root, "grammars"), join(folder, "grammars"), { recursive: true });
  cpSync(join(root, "runner/python"), join(folder, "runner/python"), { recursive: true });
  const dist = join(folder, "dist");
  cpSync(join(root, "server/src/knowledge/data"), join(dist, "knowledge"), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { ...entries },
    outdir: dist,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    logLevel: "warning",
    plugins: [lateDocumentation],
    alias: { "web-tree-sitter": "./node_modules/web-tree-sitter/web-tree-sitter.cjs" },
  });
  return dist;
}
