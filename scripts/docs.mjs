// `npm run docs [-- --check]`: writes the generated pages from the rules and the settings.
import { runBundled } from "./bundledProgram.mjs";
import { runMain } from "./install.mjs";

await runMain(() => runBundled("scripts/docs/main.ts", process.argv.slice(2)));
