/** Microsoft's Python Environments extension: which environment belongs to a file. */
import { isAbsolute } from "node:path";
import type * as vscode from "vscode";
import { exportsOf, textAt } from "./extensionApi.js";

export const environmentsExtension = "ms-python.vscode-python-envs";

/** The part of its api.ts that is used. */
interface EnvironmentsApi {
  getEnvironment(scope: vscode.Uri | undefined): Promise<unknown>;
  readonly onDidChangeEnvironment: vscode.Event<{ readonly uri?: vscode.Uri | undefined }>;
}

export function environmentsApi(): Promise<EnvironmentsApi | undefined> {
  return exportsOf<EnvironmentsApi>(environmentsExtension, ["getEnvironment", "onDidChangeEnvironment"]);
}

/** Absolute path of the executable. */
export async function interpreterFromEnvironments(api: EnvironmentsApi, resource: vscode.Uri | undefined): Promise<string | undefined> {
  const environment = await api.getEnvironment(resource);
  return [textAt(environment, "execInfo.run.executable"), textAt(environment, "environmentPath.fsPath")].find((path) => path !== undefined && isAbsolute(path));
}
