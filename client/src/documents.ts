/** Which documents are checked. Notebooks are left out until their cells can be checked as one script. */
import * as vscode from "vscode";

/** Python on disk, not yet saved, or in a virtual workspace; not the left side of a diff, and no notebook's cells. */
export const documentSelector: { readonly language: string; readonly scheme: string }[] = ["file", "untitled", "vscode-vfs"].map(
  (scheme) => ({ language: "python", scheme }),
);

export function isChecked(document: vscode.TextDocument): boolean {
  return vscode.languages.match(documentSelector, document) > 0;
}
