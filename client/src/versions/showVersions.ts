/** All that was detected, as a list: a library leads to the file that says its version, the interpreter to choosing another. */
import * as vscode from "vscode";
import type { DetectedVersions } from "../../../server/src/lsp/protocol/detectedVersions.js";
import { isChecked } from "../documents.js";
import type { PreflightClient } from "../languageClient.js";

interface Row extends vscode.QuickPickItem {
  readonly act?: () => Thenable<unknown> | Promise<unknown>;
}

export async function showDetectedVersions(client: PreflightClient): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const versions = document && isChecked(document) ? await client.versionsOf(document) : null;
  if (!document || !versions) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a Python script that uses one of the Hugging Face libraries to see the versions it is checked for."));
    return;
  }
  const chosen = await vscode.window.showQuickPick<Row>(rows(versions, document.uri, client), {
    title: vscode.l10n.t("Versions That {0} Is Checked For", document.uri.path.split("/").pop() ?? ""),
    placeHolder: vscode.l10n.t("Choose a library to open what says its version"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await chosen?.act?.();
}

function rows({ libraries, interpreter, problems }: DetectedVersions, resource: vscode.Uri, client: PreflightClient): Row[] {
  return [
    ...libraries.map((each): Row => ({ label: each.library, description: each.version, detail: each.source, ...openingAt(each) })),
    ...(libraries.length === 0 ? [{ label: vscode.l10n.t("No version is known"), description: vscode.l10n.t("rules name the versions that they speak of") }] : []),
    ...(problems.length > 0 ? [separator(vscode.l10n.t("Problems"))] : []),
    ...problems.map((each): Row => ({ label: `$(warning) ${each.message}`, ...openingAt(each) })),
    separator(vscode.l10n.t("Interpreter")),
    {
      label: interpreter ? `$(terminal) ${interpreter.name}` : `$(terminal) ${vscode.l10n.t("None")}`,
      description: interpreter ? [interpreter.python === undefined ? "" : `Python ${interpreter.python}`, interpreter.source].filter((part) => part !== "").join(", ") : "",
      detail: vscode.workspace.isTrusted ? vscode.l10n.t("Choose another") : vscode.l10n.t("None is looked for in Restricted Mode"),
      act: () => chooseInterpreter(resource),
    },
    separator(vscode.l10n.t("Actions")),
    { label: `$(gear) ${vscode.l10n.t("Set the Versions Yourself")}`, act: () => openSetting("hfPreflight.versions") },
    { label: `$(refresh) ${vscode.l10n.t("Look Again")}`, act: () => client.interpreterChanged() },
  ];
}

function separator(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** What is installed is a folder; what says its version is METADATA in it. */
function openingAt({ path, line }: { readonly path?: string | undefined; readonly line?: number | undefined }): Pick<Row, "act"> {
  if (path === undefined) return {};
  const uri = vscode.Uri.file(path);
  return {
    act: async () => {
      const { type } = await vscode.workspace.fs.stat(uri);
      const file = (type & vscode.FileType.Directory) === 0 ? uri : vscode.Uri.joinPath(uri, "METADATA");
      const position = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
      return vscode.window.showTextDocument(file, { selection: new vscode.Range(position, position) });
    },
  };
}

/** By the Python extension's own picker where it is there. */
async function chooseInterpreter(resource: vscode.Uri): Promise<void> {
  const isSet = vscode.workspace.getConfiguration("hfPreflight", resource).get<string>("interpreter") !== "";
  const picker = "python.setInterpreter";
  if (!isSet && (await vscode.commands.getCommands(true)).includes(picker)) await vscode.commands.executeCommand(picker);
  else await openSetting("hfPreflight.interpreter");
}

function openSetting(name: string): Thenable<unknown> {
  return vscode.commands.executeCommand("workbench.action.openSettings", name);
}
