/** The terminal with fake rules. */
import { join } from "node:path";
import { runProgram } from "../../../cli/src/program.js";
import { processOutput } from "../../../cli/src/terminal/output.js";
import { fakeRules } from "./fakeRules.js";

void runProgram(process.argv.slice(2), {
  rules: fakeRules,
  version: "1.2.3",
  grammars: join(__dirname, "..", "grammars"),
  knowledge: join(__dirname, "knowledge"),
  gpus: process.env["TEST_GPUS"] ?? "",
  supervisor: join(__dirname, "runner.js"),
  smokeWrapper: join(__dirname, "..", "runner", "python", "smoke.py"),
  cwd: process.cwd(),
  output: processOutput,
  startServer: () => Promise.resolve(),
}).then((code) => {
  if (code !== undefined) process.exitCode = code;
});
