// `npm run corpus`: the checker over real scripts, held against the judgements in test/corpus/.
import { runBundled } from "./bundledProgram.mjs";
import { ensureInstalled, runMain } from "./install.mjs";

await runMain(async () => {
  await ensureInstalled();
  return runBundled("scripts/corpus/main.ts", process.argv.slice(2));
});
