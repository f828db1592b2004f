/** Microsoft's Python extension: which interpreter is selected for a file. */
import { isAbsolute } from "node:path";
import type * as vscode from "vscode";
import { exportsOf, textAt } from "./extensionApi.js";

export const pythonExtension = "ms-python.python";

/** The part of its environments API that is used. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): unknown;
    resolveEnvironment(environment: unknown): Promise<unknown>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<{ readonly resource?: vscode.WorkspaceFolder | vscode.Uri | undefined }>;
  };
}

export function pythonApi(): Promise<PythonApi | undefined> {
  const functions = ["getActiveEnvironmentPath", "resolveEnvironment", "onDidChangeActiveEnvironmentPath"];
  return exportsOf<PythonApi>(pythonExtension, functions.map((name) => `environments.${name}`));
}

/** Absolute path of the executable; of a conda environment without Python, of its folder. */
export async function interpreterFromPythonExtension({ environments }: PythonApi, resource: vscode.Uri | undefined): Promise<string | undefined> {
  const active = environments.getActiveEnvironmentPath(resource);
  const path = textAt(active, "path");
  if (path !== undefined && isAbsolute(path)) return path;
  // Nothing is selected yet: the bare name "python", which the extension can look up.
  const resolved = await environments.resolveEnvironment(active);
  return [textAt(resolved, "executable.uri.fsPath"), textAt(resolved, "path")].find((found) => found !== undefined && isAbsolute(found));
}
