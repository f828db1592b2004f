/** The `hf-preflight` command, with what belongs to it in `dist`. */
import { join } from "node:path";
import { DRIVER_FOLDER } from "../../server/src/environment/gpus/hardware.js";
import { rules } from "../../server/src/rules/index.js";
import { runProgram } from "./program.js";
import { processOutput } from "./terminal/output.js";
import { version } from "../../package.json";

const dist = __dirname;

void runProgram(process.argv.slice(2), {
  rules,
  version,
  grammars: join(dist, "..", "grammars"),
  knowledge: join(dist, "knowledge"),
  gpus: DRIVER_FOLDER,
  supervisor: join(dist, "runner.js"),
  smokeWrapper: join(dist, "..", "runner", "python", "smoke.py"),
  cwd: process.cwd(),
  output: processOutput,
  // The very server that an editor starts; it reads `--stdio` from this process's arguments.
  startServer: async () => {
    if (!process.argv.includes("--stdio")) process.argv.push("--stdio");
    await import("../../server/src/main.js");
  },
}).then((code) => {
  if (code !== undefined) process.exitCode = code;
});
