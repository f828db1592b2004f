// `npm run corpus`: bundles scripts/corpus/ with the checker and runs it in the repository.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, runMain } from "./install.mjs";
import { root } from "./paths.mjs";
import { cleanEnvironment, runVisibly } from "./process.mjs";

await runMain(async () => {
  await ensureInstalled();
  const folder = mkdtempSync(join(tmpdir(), "hf-preflight-corpus-"));
  try {
    const { build } = await import("esbuild");
    const outfile = join(folder, "corpus.mjs");
    await build({
      entryPoints: [join(root, "scripts/corpus/main.ts")],
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
    return await runVisibly(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root, env: cleanEnvironment() });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
