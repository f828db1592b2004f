/** Starts the `hf-preflight` command. */
import { join } from "node:path";
import { runCompiled } from "./compiledCode.js";

/** What `programs.ts` exports. */
interface Programs {
  commandLine(): void;
  hasChecked(): boolean;
}

const programs = runCompiled(join(__dirname, "programs.js"), process.env, (exported) => (exported as Programs).hasChecked()) as Programs;
programs.commandLine();
