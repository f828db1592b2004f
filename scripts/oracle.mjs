// `npm run oracle`: runs the recorded cases and the generated schedules against installed releases of the libraries.
import { runBundled } from "./bundledProgram.mjs";
import { ensureInstalled, runMain } from "./install.mjs";

await runMain(async () => {
  await ensureInstalled();
  return runBundled("scripts/oracle/main.ts", process.argv.slice(2));
});
