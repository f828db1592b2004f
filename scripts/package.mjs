// `npm run package`: hf-preflight-<version>.vsix with production bundles.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled, runMain } from "./install.mjs";
import { manifest } from "./manifest.mjs";
import { node24, root, withNode24 } from "./paths.mjs";
import { cleanEnvironment, runQuietly } from "./process.mjs";

export const vsix = join(root, `${manifest.name}-${manifest.version}.vsix`);

/** Bundles for production and packs; resolves to the path of the VSIX. */
export async function packageVsix() {
  const vsce = join(root, "node_modules", "@vscode", "vsce", "vsce");
  // Everything is bundled, so no dependency is packed. There is no public repository yet that links of the README could lead to.
  const switches = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
  await runQuietly(node24, [vsce, "package", ...switches, "--out", vsix], {
    cwd: root,
    env: withNode24(cleanEnvironment()),
  });
  return vsix;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runMain(async () => {
    await ensureInstalled();
    console.log(await packageVsix());
  });
}
