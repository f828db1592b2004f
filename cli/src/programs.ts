/**
 * Both programs in one bundle: the checker is most of either, and would ship twice. `server.js` and `cli.js` start one of them; what a process doesn't
 * start isn't run.
 */
import { used } from "./used.js";

/** The language server. */
export async function server(): Promise<void> {
  await import("../../server/src/main.js");
}

/** The `hf-preflight` command. */
export async function commandLine(): Promise<void> {
  await import("./commandLine.js");
}

/** Whether the command has got as far as the checker. */
export function hasChecked(): boolean {
  return used.checker;
}
