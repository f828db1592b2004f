/** Starts the `hf-preflight` command. Node compiles the rest once and keeps the result, where it can (22.1 and newer): a third of a short check. */
import * as modules from "node:module";
import { join } from "node:path";

// Node 20 has no such function; `NODE_DISABLE_COMPILE_CACHE` switches it off.
(modules as Partial<typeof modules>).enableCompileCache?.();
modules.createRequire(__filename)(join(__dirname, "commandLine.js"));
