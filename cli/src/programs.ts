/**
 * Both programs in one bundle: the checker is most of either, and would ship twice. `server.js` and `commandLine.js` start one of them; what a process doesn't
 * start isn't run.
 */

/** The language server. */
export async function server(): Promise<void> {
  await import("../../server/src/main.js");
}

/** The `hf-preflight` command. */
export async function commandLine(): Promise<void> {
  await import("./commandLine.js");
}
