/** The entry among the language status items that says which versions a Python file is checked for, and who said so. */
import * as vscode from "vscode";
import { showVersions } from "../commands.js";
import { documentSelector, isChecked } from "../documents.js";
import type { PreflightClient } from "../languageClient.js";
import { productName } from "../log.js";
import { versionsSummary } from "./summary.js";

export function createVersionsStatus(client: PreflightClient): vscode.Disposable {
  const status = new VersionsStatus(client);
  return vscode.Disposable.from(
    status,
    vscode.window.onDidChangeActiveTextEditor(() => void status.update()),
    vscode.workspace.onDidSaveTextDocument(() => void status.update()),
    client.onDidChangeState(() => void status.update()),
    client.onDidChangeVersions(() => void status.update()),
    // A document that was just opened is known to the server only now.
    client.onDidCheck((uri) => {
      if (!status.isShownFor(uri)) void status.update();
    }),
  );
}

class VersionsStatus implements vscode.Disposable {
  #item: vscode.LanguageStatusItem | undefined;
  #shownFor: string | undefined;
  /** Counts the questions: an answer that was overtaken is dropped. */
  #asked = 0;

  constructor(private readonly client: PreflightClient) {}

  isShownFor(uri: vscode.Uri): boolean {
    return this.#shownFor === uri.toString();
  }

  async update(): Promise<void> {
    const asked = ++this.#asked;
    const document = vscode.window.activeTextEditor?.document;
    const versions = document && isChecked(document) ? await this.client.versionsOf(document) : null;
    if (asked !== this.#asked) return;
    this.#shownFor = versions && document ? document.uri.toString() : undefined;
    if (!versions) {
      // A file that names no library has no versions to tell.
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    const { text, detail, problems } = versionsSummary(versions);
    const item = (this.#item ??= vscode.languages.createLanguageStatusItem("hfPreflight.versions", documentSelector));
    item.name = vscode.l10n.t("{0}: Versions", productName);
    item.text = text;
    const wrong = problems === 1 ? vscode.l10n.t("1 problem") : vscode.l10n.t("{0} problems", problems);
    item.detail = [detail, problems > 0 ? wrong : ""].filter((part) => part !== "").join(", ");
    item.severity = problems === 0 ? vscode.LanguageStatusSeverity.Information : vscode.LanguageStatusSeverity.Warning;
    item.command = { command: showVersions, title: vscode.l10n.t("Show Versions") };
  }

  dispose(): void {
    this.#item?.dispose();
  }
}
