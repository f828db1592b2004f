/** `initialized`: registers what can only be asked for at run time. */
import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from "vscode-languageserver/node";
import { configurationFiles } from "../../config/findConfiguration.js";
import { declaringGlobs } from "../../environment/declared/kinds.js";
import { SECTION } from "../configurations.js";
import type { Session } from "../session.js";
import { didChangeWorkspaceFolders } from "./didChangeWorkspaceFolders.js";

export async function initialized(session: Session): Promise<void> {
  const { client, connection, log, machine } = session;
  log.background("reading which GPUs there are", machine.read().then((isKnown) => isKnown && session.checkAgain()));
  if (client.workspaceFolders) connection.workspace.onDidChangeWorkspaceFolders((event) => didChangeWorkspaceFolders(session, event));
  if (client.registersConfigurationChanges) await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  if (client.watchesFiles) {
    const names = new Set([...configurationFiles.map((name) => `**/${name}`), ...declaringGlobs, "**/pyvenv.cfg", "**/*.dist-info"]);
    const watchers = [...names].map((globPattern) => ({ globPattern }));
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}
