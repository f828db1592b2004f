// `npm run knowledge`: reads what the libraries' releases accept, with the syntax layer that the checker reads scripts with.
import { runBundled } from "./bundledProgram.mjs";
import { ensureInstalled, runMain } from "./install.mjs";

await runMain(async () => {
  await ensureInstalled();
  return runBundled("scripts/knowledge/main.ts", process.argv.slice(2));
});
