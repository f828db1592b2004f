/** The command that stands in for nvidia-smi. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("nvidiaSmi.mjs", import.meta.url));

/** `machine` is the name of a recording in machines/. */
export function standIn(machine: string): string[] {
  return [process.execPath, script, machine];
}

/** A recording's rounds, for tests of the pure parts. */
export function recording(machine: string): { gpu: string[][]; processes: string[][]; list: string } {
  const text = readFileSync(new URL(`machines/${machine}.json`, import.meta.url), "utf8");
  return JSON.parse(text) as { gpu: string[][]; processes: string[][]; list: string };
}
