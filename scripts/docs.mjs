// `npm run docs [-- --check]`: bundles scripts/docs/ with the rules that it reads, and runs it in the repository.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./paths.mjs";

const folder = mkdtempSync(join(tmpdir(), "hf-preflight-docs-"));
try {
  const outfile = join(folder, "docs.cjs");
  await build({ entryPoints: [join(root, "scripts/docs/main.ts")], outfile, bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" });
  process.chdir(root);
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
