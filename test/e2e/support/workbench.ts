/** What the tests do in the workbench, and how they wait: always for VS Code's own events. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import { waiting } from "./suite.js";

export const extensionId = "hf-preflight.hf-preflight";

/** The four pitfalls: the example and the rule that speaks in it. */
export const pitfalls = [
  { file: "strategy_mismatch.py", rule: "transformers/strategy-mismatch" },
  { file: "decimal_save_steps.py", rule: "trl/decimal-save-steps" },
  { file: "force_words.py", rule: "generation/force-words-without-beams" },
  { file: "steps_divided_by_n_gpu.py", rule: "simpletransformers/steps-divided-by-n-gpu" },
] as const;

/** A file of the window's folder, which is a copy of examples/. */
export function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "the window has a folder");
  return vscode.Uri.joinPath(folder.uri, name);
}

/** A new file of the window's folder. */
export async function writeFile(name: string, text: string): Promise<vscode.Uri> {
  const uri = workspaceFile(name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return uri;
}

export function readExample(name: string): string {
  return readFileSync(workspaceFile(name).fsPath, "utf8");
}

export async function open(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

/** Our findings, as VS Code has them now. */
export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === "hf-preflight");
}

export function ruleOf(diagnostic: vscode.Diagnostic): string {
  return String(typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code);
}

export function rulesIn(uri: vscode.Uri): string[] {
  return findings(uri).map(ruleOf).sort();
}

/** Resolves as soon as the findings of a file are as wanted. */
export function findingsAre(
  uri: vscode.Uri,
  wanted: string,
  holds: (findings: vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  const work = new Promise<vscode.Diagnostic[]>((resolve) => {
    const look = (): boolean => {
      const now = findings(uri);
      if (!holds(now)) return false;
      subscription.dispose();
      resolve(now);
      return true;
    };
    const subscription = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
  return waiting(`${wanted} in ${uri.path.split("/").pop() ?? ""}`, work);
}

export const findsRule = (uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic[]> =>
  findingsAre(uri, `a finding of ${rule}`, (now) => now.some((diagnostic) => ruleOf(diagnostic) === rule));

export const findsNothing = (uri: vscode.Uri): Promise<vscode.Diagnostic[]> =>
  findingsAre(uri, "no finding", (now) => now.length === 0);

/** Replaces the whole text, as one edit. */
export async function replaceText(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  assert.ok(await editor.edit((edit) => edit.replace(whole, text)));
}

/** The code actions that VS Code would offer at a place. */
export async function codeActions(
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", uri, range, kind.value, 50);
}

/** The next event that `holds`. */
export function next<T>(description: string, event: vscode.Event<T>, holds: (value: T) => boolean = () => true): Promise<T> {
  const work = new Promise<T>((resolve) => {
    const subscription = event((value) => {
      if (!holds(value)) return;
      subscription.dispose();
      resolve(value);
    });
  });
  return waiting(description, work);
}

export async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty && document.uri.scheme === "file") await document.save();
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** Sets a value in the folder's settings for as long as `body` runs. */
export async function withSetting(name: string, value: unknown, body: () => Promise<void>): Promise<void> {
  const dot = name.lastIndexOf(".");
  const configuration = vscode.workspace.getConfiguration(name.slice(0, dot));
  const key = name.slice(dot + 1);
  await configuration.update(key, value, vscode.ConfigurationTarget.Workspace);
  try {
    await body();
  } finally {
    await configuration.update(key, undefined, vscode.ConfigurationTarget.Workspace);
  }
}
