/** The commands of the palette. */
import * as vscode from "vscode";
import { isChecked } from "./documents.js";
import type { PreflightClient } from "./languageClient.js";
import { debugInformation } from "./debugInformation.js";
import { showDetectedVersions } from "./versions/showVersions.js";
import { pageOf, ruleOf, rulesWithPages, showRuleDocumentation } from "./ruleDocumentation.js";

export const showLog = "hfPreflight.showLog";
export const restartServer = "hfPreflight.restart";
export const fixAll = "hfPreflight.fixAll";
export const copyDebugInformation = "hfPreflight.copyDebugInformation";
export const showVersions = "hfPreflight.showVersions";

/** How long a message stays in the status bar. */
const messageTime = 5_000;

export function registerCommands(
  context: vscode.ExtensionContext,
  client: PreflightClient,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(showLog, () => log.show()),
    vscode.commands.registerCommand(restartServer, () => client.restart()),
    vscode.commands.registerCommand(fixAll, fixAllInFile),
    vscode.commands.registerCommand(showVersions, () => showDetectedVersions(client)),
    vscode.commands.registerCommand(showRuleDocumentation, (rule: unknown) => showPage(context.extensionUri, rule)),
    vscode.commands.registerCommand(copyDebugInformation, async () => {
      await vscode.env.clipboard.writeText(debugInformation(context.extension, client));
      vscode.window.setStatusBarMessage(vscode.l10n.t("Debug information copied"), messageTime);
    }),
  );
}

/** Applies every safe fix of the active file, as `source.fixAll.hf-preflight` on saving would. */
async function fixAllInFile(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || !isChecked(document)) {
    vscode.window.setStatusBarMessage(vscode.l10n.t("No Python file is open"), messageTime);
    return;
  }
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  const kind = vscode.CodeActionKind.SourceFixAll.append("hf-preflight");
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    whole,
    kind.value,
    1,
  );
  const edit = actions.find((action) => action.edit !== undefined)?.edit;
  if (edit === undefined) {
    vscode.window.setStatusBarMessage(vscode.l10n.t("Nothing here can be fixed safely"), messageTime);
    return;
  }
  await vscode.workspace.applyEdit(edit);
}

/** Opens a rule's page; without a rule, that of the finding at the cursor, else one to be chosen. */
async function showPage(extension: vscode.Uri, argument: unknown): Promise<void> {
  const rule = typeof argument === "string" ? argument : (ruleAtCursor() ?? (await chooseRule(extension)));
  if (rule === undefined) return;
  const page = pageOf(extension, rule);
  if (page === undefined || !(await exists(page))) {
    void vscode.window.showWarningMessage(vscode.l10n.t("There is no documentation of the rule {0}.", rule));
    return;
  }
  if (vscode.extensions.getExtension("vscode.markdown-language-features") === undefined) {
    // Somebody has switched the preview off: the text is readable as it is.
    await vscode.window.showTextDocument(page, { preview: true });
    return;
  }
  await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
}

function ruleAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const here = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((diagnostic) => diagnostic.range.contains(editor.selection.active));
  return here.map(ruleOf).find((rule) => rule !== undefined);
}

async function chooseRule(extension: vscode.Uri): Promise<string | undefined> {
  return vscode.window.showQuickPick(rulesWithPages(extension), {
    placeHolder: vscode.l10n.t("The rule whose documentation to show"),
  });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}
