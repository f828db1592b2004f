/** The few settings that the client itself obeys; all others go to the server as they are. */
import * as vscode from "vscode";

/** The prefix of every setting and command, and the language client's id (it reads `<id>.trace.server` itself). */
export const section = "hfPreflight";

/** When a document is checked. */
export type Run = "onType" | "onSave";

/** Anything but `onSave`, a misspelling too, is `onType`. */
export function readRun(document: vscode.TextDocument): Run {
  return vscode.workspace.getConfiguration(section, document).get<unknown>("run") === "onSave" ? "onSave" : "onType";
}
