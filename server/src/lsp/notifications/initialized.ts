/** `initialized`: registers what can only be asked for at run time. */
import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from "vscode-languageserver/node";
import { configurationFiles } from "../../config/findConfiguration.js";
import { SECTION } from "../configurations.js";
import type { Session } from "../session.js";
import { didChangeWorkspaceFolders } from "./didChangeWorkspaceFolders.js";

export async function initialized(session: Session): Promise<void> {
  const { client, connection } = session;
  if (client.workspaceFolders) connection.workspace.onDidChangeWorkspaceFolders((event) => didChangeWorkspaceFolders(session, event));
  if (client.registersConfigurationChanges) await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  if (client.watchesFiles) {
    const watchers = configurationFiles.map((name) => ({ globPattern: `**/${name}` }));
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}
