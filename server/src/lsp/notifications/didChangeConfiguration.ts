/** `workspace/didChangeConfiguration`: some clients send the settings along, others want to be asked. */
import type { DidChangeConfigurationParams } from "vscode-languageserver/node";
import type { Session } from "../session.js";

export function didChangeConfiguration(session: Session, params: DidChangeConfigurationParams): void {
  session.configurations.settingsSent(params.settings);
  session.refresh();
}
