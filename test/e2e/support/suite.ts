/**
 * A test runner for inside the extension host: tests run in order, each under a deadline, and each outcome is a line of JSON in the
 * report, written at once, so that a window that dies leaves what was proven before.
 */
import { appendFileSync } from "node:fs";
import * as vscode from "vscode";

export type Test = (name: string, body: () => Promise<void>) => void;

/** Long enough for a cold server on a busy machine; a test that waits for an event that never comes ends here. */
const deadline = 40_000;

/** Makes the `run` that VS Code calls. Rejects when a test failed, which becomes the window's exit code. */
export function suite(define: (test: Test) => void): () => Promise<void> {
  return async () => {
    const tests: { name: string; body: () => Promise<void> }[] = [];
    const only = process.env["HF_PREFLIGHT_ONLY"] ?? "";
    define((name, body) => {
      if (name.includes(only)) tests.push({ name, body });
    });
    let failed = 0;
    for (const { name, body } of tests) {
      const begun = Date.now();
      let error = await failureOf(body);
      // A window on a busy machine loses a key or a file's change now and then: what fails twice is broken.
      if (error !== undefined) {
        await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
        await vscode.commands.executeCommand("workbench.action.closeAllEditors");
        error = await failureOf(body);
      }
      if (error !== undefined) failed += 1;
      report({ name, milliseconds: Date.now() - begun, error });
    }
    report({ done: true });
    if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed`);
  };
}

async function failureOf(body: () => Promise<void>): Promise<string | undefined> {
  try {
    await within(deadline, body());
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
}

function report(line: object): void {
  const path = process.env["HF_PREFLIGHT_REPORT"];
  if (path === undefined) throw new Error("HF_PREFLIGHT_REPORT names no file.");
  appendFileSync(path, `${JSON.stringify(line)}\n`);
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not done after ${milliseconds} ms; waiting for: ${waitingFor ?? "nothing known"}`)),
      milliseconds,
    );
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

let waitingFor: string | undefined;

/** What the error says when the deadline passes during `work`. */
export async function waiting<T>(description: string, work: Promise<T>): Promise<T> {
  waitingFor = description;
  const result = await work;
  waitingFor = undefined;
  return result;
}
