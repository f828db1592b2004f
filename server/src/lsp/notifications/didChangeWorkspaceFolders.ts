/** `workspace/didChangeWorkspaceFolders`: each folder has its own settings. */
import type { WorkspaceFoldersChangeEvent } from "vscode-languageserver/node";
import type { Session } from "../session.js";

export function didChangeWorkspaceFolders(session: Session, event: WorkspaceFoldersChangeEvent): void {
  session.configurations.foldersChanged(event);
  session.refresh();
}
