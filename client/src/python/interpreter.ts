/**
 * Which Python interpreter belongs to a file: `hfPreflight.interpreter`, else what the Python Environments extension or the Python
 * extension has selected, else an environment in the project's folder, `VIRTUAL_ENV`, `CONDA_PREFIX`, and last the one on `PATH`.
 */
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import { findInterpreter, type Interpreter } from "../../../server/src/environment/interpreter.js";
import { searchFolders } from "../../../server/src/environment/searchFolders.js";
import { section } from "../settings.js";
import { environmentsApi, interpreterFromEnvironments } from "./environmentsExtension.js";
import { interpreterFromPythonExtension, pythonApi } from "./pythonExtension.js";

export type { Interpreter } from "../../../server/src/environment/interpreter.js";

const changed = new vscode.EventEmitter<void>();

/** Fires when the answer of `selectedInterpreter` may have become another one. */
export const onDidChangeInterpreter: vscode.Event<void> = changed.event;

/**
 * @param resource the script; undefined for the window as a whole.
 * @returns undefined in Restricted Mode, where nobody is asked, and where there is no interpreter at all.
 */
export async function selectedInterpreter(resource: vscode.Uri | undefined): Promise<Interpreter | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  const setting = settingFor(resource);
  if (setting !== undefined) return { path: setting, source: "setting" };
  return (await fromEnvironmentsExtension(resource)) ?? (await fromPythonExtension(resource)) ?? (await fromFolders(resource));
}

/** Listens to what can change the answer. Dispose it with the extension. */
export function watchInterpreter(): vscode.Disposable {
  const fire = (): void => changed.fire();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.interpreter`)) fire();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    vscode.extensions.onDidChange(fire),
    new vscode.Disposable(() => {
      for (const subscription of subscriptions.values()) subscription.dispose();
      subscriptions.clear();
    }),
  );
}

/** To the events of the extensions that have been asked; asking twice listens once. */
const subscriptions = new Map<object, vscode.Disposable>();

function listen<Event>(api: object, event: vscode.Event<Event>): void {
  if (!subscriptions.has(api)) subscriptions.set(api, event(() => changed.fire()));
}

/** The setting as an absolute path: `${workspaceFolder}`, `~` and paths relative to the workspace folder are understood. */
function settingFor(resource: vscode.Uri | undefined): string | undefined {
  const written = vscode.workspace.getConfiguration(section, resource ?? null).get<unknown>("interpreter");
  if (typeof written !== "string" || written.trim() === "") return undefined;
  const folder = folderOf(resource)?.uri.fsPath;
  const path = written
    .trim()
    .replace(/^~(?=$|[\\/])/u, homedir())
    .replace(/\$\{workspaceFolder\}/gu, folder ?? "")
    .replace(/\$\{env:(\w+)\}/gu, (_, name: string) => process.env[name] ?? "");
  return isAbsolute(path) || folder === undefined ? path : join(folder, path);
}

async function fromEnvironmentsExtension(resource: vscode.Uri | undefined): Promise<Interpreter | undefined> {
  const api = await environmentsApi();
  if (!api) return undefined;
  listen(api, api.onDidChangeEnvironment);
  const path = await orNothing(interpreterFromEnvironments(api, resource));
  return path === undefined ? undefined : { path, source: "Python Environments extension" };
}

async function fromPythonExtension(resource: vscode.Uri | undefined): Promise<Interpreter | undefined> {
  const api = await pythonApi();
  if (!api) return undefined;
  listen(api, api.environments.onDidChangeActiveEnvironmentPath);
  const path = await orNothing(interpreterFromPythonExtension(api, resource));
  return path === undefined ? undefined : { path, source: "Python extension" };
}

async function fromFolders(resource: vscode.Uri | undefined): Promise<Interpreter | undefined> {
  const roots = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
  const folder = resource?.scheme === "file" ? dirname(resource.fsPath) : folderOf(resource)?.uri.fsPath;
  const folders = folder === undefined ? [] : await searchFolders(folder, roots);
  return findInterpreter({ folders, environment: process.env, prefers: "project" });
}

function folderOf(resource: vscode.Uri | undefined): vscode.WorkspaceFolder | undefined {
  return (resource && vscode.workspace.getWorkspaceFolder(resource)) ?? vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
}

/** Another extension's failure is its own to tell; the next one is asked. */
async function orNothing<T>(asked: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await asked;
  } catch {
    // Said above.
    return undefined;
  }
}
