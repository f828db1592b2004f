/** The errors in a script and in its arguments, asked for right before it runs. */
import * as vscode from "vscode";
import { isChecked } from "../documents.js";
import type { PreflightClient } from "../languageClient.js";
import { describeError } from "../log.js";
import type { LaunchCheck } from "../panel/messages.js";
import { nameOf } from "../panel/view/words.js";

/** What would fail; undefined where nothing would, or where the script isn't checked at all. */
export async function checkBeforeLaunch(client: PreflightClient, document: vscode.TextDocument, args: readonly string[], smoke: boolean, log: vscode.LogOutputChannel): Promise<LaunchCheck | undefined> {
  if (!isChecked(document)) return undefined;
  try {
    return await check(client, document, args, smoke);
  } catch (error) {
    // A check that can't be made must not stand in the way of a run.
    log.warn(`${document.uri.fsPath} was not checked before its run: ${describeError(error)}`);
    return undefined;
  }
}

async function check(client: PreflightClient, document: vscode.TextDocument, args: readonly string[], smoke: boolean): Promise<LaunchCheck | undefined> {
  const found = await client.diagnosticsOf(document);
  const inScript = found
    .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
    .map(({ range, message }) => ({ line: range.start.line + 1, message }))
    .sort((a, b) => a.line - b.line);
  const inArguments = (await client.argumentErrors(document, args)).map((message) => ({ line: null, message }));
  const errors = [...inScript, ...inArguments];
  return errors.length > 0 ? { script: document.uri.fsPath, name: nameOf(document.uri.path), smoke, errors } : undefined;
}
