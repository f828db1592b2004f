/** The entry among the language status items of a Python file: whether the server runs, and the way to its log. */
import * as vscode from "vscode";
import { showLog } from "./commands.js";
import { documentSelector } from "./documents.js";
import type { PreflightClient, ServerState } from "./languageClient.js";
import { productName } from "./log.js";

export function createStatus(client: PreflightClient): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("hfPreflight.status", documentSelector);
  item.name = productName;
  item.text = productName;
  item.command = { command: showLog, title: vscode.l10n.t("Show Log") };
  const show = (state: ServerState): void => {
    item.busy = state === "starting";
    item.detail = describe(state);
    item.severity = state === "failed" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
  };
  show(client.state);
  return vscode.Disposable.from(item, client.onDidChangeState(show));
}

function describe(state: ServerState): string {
  switch (state) {
    case "starting":
      return vscode.l10n.t("starting");
    case "running":
      return vscode.l10n.t("checking");
    case "failed":
      return vscode.l10n.t("could not be started");
    case "stopped":
      return vscode.l10n.t("not running");
  }
}
