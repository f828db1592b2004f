// `npm run knowledge`: bundles scripts/knowledge/ with the syntax layer that it reads Python with, and runs it in the repository.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./paths.mjs";
import { cleanEnvironment, runVisibly } from "./process.mjs";

const folder = mkdtempSync(join(tmpdir(), "hf-preflight-knowledge-"));
try {
  const outfile = join(folder, "knowledge.mjs");
  await build({
    entryPoints: [join(root, "scripts/knowledge/main.ts")],
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
  process.exitCode = await runVisibly(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root, env: cleanEnvironment() });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
