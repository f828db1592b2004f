// Bundles what ships: `node esbuild.mjs` for development, `--production` minifies, `--watch` rebuilds.
import { build, context } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lateDocumentation } from "./scripts/lateDocumentation.mjs";
import { packed } from "./scripts/packedData.mjs";

/** The data are read library by library when a script needs them, so they stay files of their own, in the form that is quickest to read. */
async function copyKnowledge() {
  const [from, to] = ["server/src/knowledge/data", "dist/knowledge"];
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  const files = (await readdir(from)).filter((name) => name.endsWith(".json"));
  await Promise.all(files.map(async (name) => writeFile(join(to, name.replace(/json$/, "data")), packed(JSON.parse(await readFile(join(from, name), "utf8"))))));
}

const production = process.argv.includes("--production");

/** Node bundles: CommonJS, because VS Code's extension host loads it that way and one format serves all three. */
const node = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minify: production,
  sourcemap: production ? false : "linked",
  logLevel: "warning",
  // web-tree-sitter's ESM entry calls createRequire(import.meta.url), which is undefined in a CommonJS bundle.
  alias: { "web-tree-sitter": "./node_modules/web-tree-sitter/web-tree-sitter.cjs" },
};

/** A file that starts one of the programs in programs.js: the names that editors, the package and the terminal know. */
function starterOf(program) {
  return { ...node, bundle: false, alias: {}, external: undefined, stdin: { contents: `require("./programs.js").${program}();` }, outfile: `dist/${program}.js` };
}

/** The run panel's page: it runs in a browser, with nothing of Node in it. */
const page = { bundle: true, platform: "browser", target: "chrome122", format: "iife", minify: production, logLevel: "warning", outdir: "dist" };

const bundles = [
  { ...node, entryPoints: ["client/src/extension.ts"], outfile: "dist/client.js" },
  { ...node, entryPoints: ["cli/src/programs.ts"], outfile: "dist/programs.js", plugins: [lateDocumentation] },
  starterOf("server"),
  { ...node, entryPoints: ["runner/src/supervisor/main.ts"], outfile: "dist/runner.js" },
  { ...node, entryPoints: ["cli/src/main.ts"], outfile: "dist/cli.js", banner: { js: "#!/usr/bin/env node" } },
  { ...page, entryPoints: { panel: "client/src/panel/web/main.ts" } },
  // A file of its own that the page links: its policy allows no styles from a script.
  { ...page, entryPoints: { panel: "client/src/panel/web/panel.css" } },
];

await copyKnowledge();
if (process.argv.includes("--watch")) {
  const contexts = await Promise.all(bundles.map((options) => context(options)));
  await Promise.all(contexts.map((bundle) => bundle.watch()));
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
