// Runs a TypeScript program of the repository: bundled into a folder of its own, with what it imports of the checker.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { cleanEnvironment, runVisibly } from "./process.mjs";

/**
 * @param entry below the root.
 * @param args of the program.
 * @param options.cwd where it runs; the root by default.
 * @returns its exit code.
 */
export async function runBundled(entry, args, { cwd = root } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "hf-preflight-program-"));
  try {
    const outfile = join(folder, "program.mjs");
    const { build } = await import("esbuild");
    await build({
      entryPoints: [join(root, entry)],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "warning",
      absWorkingDir: root,
      // tree-sitter's runtime asks for `require` in a way that an ESM bundle doesn't have.
      banner: { js: 'import { createRequire as hfCreateRequire } from "node:module"; const require = hfCreateRequire(import.meta.url);' },
    });
    return await runVisibly(process.execPath, [outfile, ...args], { cwd, env: cleanEnvironment() });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
