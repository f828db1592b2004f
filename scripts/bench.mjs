// `npm run bench`: measures the checkout. `--json FILE` also writes the figures, `--peers DIR` names a folder whose node_modules holds
// pyright or @astral-sh/ruff-wasm-nodejs, `--scripts DIR` a folder of real training scripts, `--rounds N`, `--no-build` takes dist/ as it is. Exits with 0 whatever the figures say.
import { runBundled } from "./bundledProgram.mjs";
import { CommandFailed, cleanEnvironment, runCaptured } from "./process.mjs";
import { ensureInstalled, runMain } from "./install.mjs";
import { root } from "./paths.mjs";

await runMain(async () => {
  await ensureInstalled();
  const given = process.argv.slice(2);
  const args = given.filter((argument) => argument !== "--no-build");
  if (args.length === given.length) {
    // As it ships: minified. Without it the rest can still be measured.
    const { code, output } = await runCaptured(process.execPath, ["esbuild.mjs", "--production"], { cwd: root, env: cleanEnvironment() });
    if (code !== 0) console.error(`dist/ could not be built:\n${output}`);
  }
  // Relative paths are meant from where the person is; npm runs scripts in the checkout.
  const code = await runBundled("test/bench/main.ts", ["--root", root, ...args], { cwd: process.env.INIT_CWD ?? process.cwd() });
  if (code !== 0) throw new CommandFailed("The benchmark broke off.");
  return 0;
});
