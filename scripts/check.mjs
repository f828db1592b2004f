// `npm run check -- PATHS`: the terminal check from the checkout. Installs and builds first when that is needed.
import { join } from "node:path";
import { ensureInstalled, runMain } from "./install.mjs";
import { root } from "./paths.mjs";
import { runVisibly } from "./process.mjs";

await runMain(async () => {
  await ensureInstalled();
  const { buildIfNeeded } = await import("./build.mjs");
  await buildIfNeeded();
  // npm runs scripts in the checkout; paths are meant from where the person is.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  return runVisibly(process.execPath, [join(root, "dist", "cli.js"), "check", ...process.argv.slice(2)], {
    cwd,
    stdio: "inherit",
  });
});
