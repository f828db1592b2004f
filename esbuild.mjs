// Bundles what ships: `node esbuild.mjs` for development, `--production` minifies, `--watch` rebuilds.
import { build, context } from "esbuild";

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

const bundles = [
  { ...node, entryPoints: ["client/src/extension.ts"], outfile: "dist/client.js" },
  { ...node, entryPoints: ["server/src/main.ts"], outfile: "dist/server.js" },
  { ...node, entryPoints: ["cli/src/main.ts"], outfile: "dist/cli.js", banner: { js: "#!/usr/bin/env node" } },
];

if (process.argv.includes("--watch")) {
  const contexts = await Promise.all(bundles.map((options) => context(options)));
  await Promise.all(contexts.map((bundle) => bundle.watch()));
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
