/** The entry of the extension: wires the parts together and does nothing else. */
import * as vscode from "vscode";
import { registerCommands } from "./commands.js";
import { isChecked } from "./documents.js";
import { PreflightClient } from "./languageClient.js";
import { createLog } from "./log.js";
import { onDidChangeInterpreter, watchInterpreter } from "./python/interpreter.js";
import { createRunRoom, type RunRoom } from "./run/runRoom.js";
import { createStatus } from "./status.js";
import { createVersionsStatus } from "./versions/versionsStatus.js";

let client: PreflightClient | undefined;
let room: RunRoom | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  const started = new PreflightClient(context.extensionUri, log);
  client = started;
  const startFor = (document: vscode.TextDocument): void => {
    if (isChecked(document)) void started.start();
  };
  const runRoom = createRunRoom(context, started, log);
  room = runRoom;
  context.subscriptions.push(log, started, registerCommands(context, started, log), createStatus(started), runRoom);
  context.subscriptions.push(watchInterpreter(), onDidChangeInterpreter(() => started.interpreterChanged()), createVersionsStatus(started));
  context.subscriptions.push(vscode.workspace.onDidOpenTextDocument(startFor));
  // A command may have activated the extension with no Python in sight; then no server is started yet.
  vscode.workspace.textDocuments.forEach(startFor);
}

/** VS Code waits for this: the server, and whoever asks the GPU, are gone before the extension host is. */
export async function deactivate(): Promise<void> {
  await Promise.all([client?.stop(), room?.stop()]);
}
