/** The Python that the environments are made with, and running its programs. */
import { spawnSync } from "node:child_process";
import { OracleError } from "./oracleError.js";

/** The command of a Python of this version with pip. `HF_PREFLIGHT_PYTHON` names one; else the usual names are tried. @throws OracleError */
export function pythonOf(version: string): string {
  const named = process.env["HF_PREFLIGHT_PYTHON"];
  const candidates = named !== undefined && named !== "" ? [named] : [`python${version}`, "python3", "python"];
  const found = candidates.find((candidate) => answerOf(candidate, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]) === version);
  if (found === undefined) {
    throw new OracleError(`Python ${version} is needed, and ${candidates.join(", ")} ${candidates.length > 1 ? "are" : "is"} no such one. Install it, or name its executable in HF_PREFLIGHT_PYTHON.`);
  }
  if (answerOf(found, ["-m", "pip", "--version"]) === undefined) throw new OracleError(`${found} has no pip. Install it with: ${found} -m ensurepip`);
  return found;
}

function answerOf(program: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** Runs to the end with the output shown. @throws OracleError with what was run, when it fails. */
export function runShown(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): void {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"], env: environment });
  if (status !== 0) throw new OracleError(`${program} ${args.slice(0, 3).join(" ")} ... failed: ${error?.message ?? `exit code ${status ?? "none"}`}`);
}

/** Runs to the end and gives its stdout; stderr is shown. @throws OracleError with what was run, when it fails. */
export function outputOf(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): string {
  const { status, stdout, error } = spawnSync(program, args, { stdio: ["ignore", "pipe", "inherit"], env: environment, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new OracleError(`${program} ${args.slice(0, 3).join(" ")} ... failed: ${error?.message ?? `exit code ${status ?? "none"}`}`);
  return stdout;
}
