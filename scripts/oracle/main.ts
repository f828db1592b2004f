/**
 * `npm run oracle` makes every environment of environments.json that isn't there yet, runs the recorded cases that concern it, then the generated schedules,
 * and writes what happened into test/oracle/. With names (`trl-0.19 transformers`) only those. `--list` says what there is, `--install` stops after the installation.
 * Options behind `--` go to record.py: `npm run oracle -- trl-0.19 -- --case "by name"`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chosenEnvironments, parseEnvironments, recordingsOf, type Environment } from "./environments.js";
import { installed } from "./installation.js";
import { OracleError } from "./oracleError.js";
import { outputOf, pythonOf, runShown } from "./python.js";
import { withSchedulesOf } from "./schedules.js";

const root = process.cwd();
const folder = join(root, "test", "oracle");

function record(python: string, path: string, name: string, environment: Environment, options: readonly string[]): void {
  const variables = { ...process.env, PYTHONPATH: path };
  const files = recordingsOf(environment, readdirSync(join(folder, "rules"), { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/")));
  console.log(`\n${name}: ${files.length} recordings${environment.schedules ? " and the schedules" : ""}`);
  const preload = environment.preload.length > 0 ? ["--preload", environment.preload.join(",")] : [];
  const paths = files.map((file) => join(folder, "rules", file));
  if (paths.length > 0) runShown(python, [join(root, "scripts", "oracle", "record.py"), "--libraries", environment.libraries.join(","), ...preload, ...options, ...paths], variables);
  if (!environment.schedules || options.length > 0) return;
  const target = join(folder, "schedules.json");
  const { version, text } = withSchedulesOf(readFileSync(target, "utf8"), outputOf(python, [join(folder, "schedules.py")], variables));
  writeFileSync(target, text);
  console.log(`schedules: transformers ${version}`);
}

function main(): void {
  const behind = process.argv.indexOf("--", 2);
  const [own, recorders] = behind < 0 ? [process.argv.slice(2), []] : [process.argv.slice(2, behind), process.argv.slice(behind + 1)];
  const { values: options, positionals } = parseArgs({ args: own, allowPositionals: true, options: { list: { type: "boolean" }, install: { type: "boolean" } } });
  const environments = parseEnvironments(readFileSync(join(root, "scripts", "oracle", "environments.json"), "utf8"));
  const chosen = chosenEnvironments(environments, positionals);
  if (options.list) {
    for (const [name, { packages, note }] of chosen) console.log(`${name}: ${packages.join(" ")}${note === undefined ? "" : `\n  ${note}`}`);
    return;
  }
  const python = pythonOf(environments.python);
  const failed: string[] = [];
  for (const [name, environment] of chosen) {
    try {
      const path = installed(python, name, environment, environments);
      if (!options.install) record(python, path, name, environment, recorders);
    } catch (error) {
      // What one environment lacks is no reason to keep the others waiting.
      if (!(error instanceof OracleError)) throw error;
      console.error(`${name}: ${error.message}`);
      failed.push(name);
    }
  }
  if (failed.length > 0) throw new OracleError(`Not done: ${failed.join(", ")}. What was recorded before stays.`);
}

try {
  main();
} catch (error) {
  // What is missing on the machine is told; a mistake of ours keeps its trace.
  if (!(error instanceof OracleError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
