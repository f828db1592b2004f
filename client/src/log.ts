/** The extension's output channel: what "Show Log" shows. The server writes to it too, through `window/logMessage`. */
import * as vscode from "vscode";

export const productName = "HF Preflight";

export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel(productName, { log: true });
}

/** One line for the log from whatever was thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
