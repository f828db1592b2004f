/** The supervisor's process: `node dist/runner.js`, started by `startRun` and by nobody else. */
import { closeSync, readFileSync, writeSync } from "node:fs";
import { NotStarted, Supervisor } from "./supervisor.js";
import { supervisorRequestSchema, type SupervisorAnswer } from "./request.js";

process.title = "hf-preflight run";
// A hang-up or a Ctrl-C in the terminal that it comes from is not meant for it.
for (const signal of ["SIGHUP", "SIGINT"] as const) process.on(signal, () => undefined);

const supervisor = new Supervisor(supervisorRequestSchema.parse(JSON.parse(readFileSync(0, "utf8"))));

process.on("SIGTERM", () => {
  supervisor.leave("SIGTERM");
  process.exit(143);
});
// A mistake in watching must not cost the run's end: it is told, and the watch goes on.
process.on("uncaughtException", (error) => console.error(error));

void supervise();

async function supervise(): Promise<void> {
  try {
    const finished = await supervisor.start();
    answer({ started: true });
    await finished();
  } catch (error) {
    if (error instanceof NotStarted) answer({ problem: error.message });
    else console.error(error);
  }
  // Whatever may still be open, there is nothing left to do.
  process.exit();
}

function answer(line: SupervisorAnswer): void {
  try {
    writeSync(1, `${JSON.stringify(line)}\n`);
    closeSync(1);
  } catch {
    // Whoever asked is gone; the run is not.
    return;
  }
}
