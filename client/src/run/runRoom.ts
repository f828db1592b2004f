/** Puts together what runs scripts and shows them. Nothing here looks at a disk or starts a process before somebody looks or asks. */
import * as vscode from "vscode";
import type { PreflightClient } from "../languageClient.js";
import { GpuTree } from "../panel/gpuTree.js";
import { GpuWatch } from "../panel/gpuWatch.js";
import { HistoryTree } from "../panel/historyTree.js";
import { LaunchModel } from "../panel/launchModel.js";
import type { PanelPageParts } from "../panel/panelPage.js";
import { RunEditors } from "../panel/runEditors.js";
import { RunStatus } from "../panel/runStatus.js";
import { RunStore } from "../panel/runStore.js";
import { onDidChangeInterpreter } from "../python/interpreter.js";
import { RunView, runViewId } from "../panel/runView.js";
import { Launcher } from "./launcher.js";
import { MemoryRemedies } from "./memoryRemedies.js";
import { RunCommands } from "./runCommands.js";

export interface RunRoom extends vscode.Disposable {
  /** Resolves when no process of ours asks the GPU any more. Runs go on. */
  stop(): Promise<void>;
}

export function createRunRoom(context: vscode.ExtensionContext, client: PreflightClient, log: vscode.LogOutputChannel): RunRoom {
  const extension = context.extensionUri;
  const store = new RunStore(log);
  const gpus = new GpuWatch();
  const launcher = new Launcher(context, gpus, store.folder);
  const launch = new LaunchModel(launcher, gpus);
  const status = new RunStatus(store, gpus);
  const parts: vscode.Disposable[] = [];
  const remedies = new MemoryRemedies(client);
  const commands = new RunCommands({ client, log, remedies, store, launcher, launch, status, view: () => view, editors: () => editors });
  const act: RunCommands["act"] = (message) => commands.act(message);
  const titles: PanelPageParts["remedies"] = (run, failure) => remedies.titles(run.record.script, failure);
  const view = new RunView({ extension, store, launch, gpus, log, act, remedies: titles });
  const editors = new RunEditors({ extension, store, log, act, remedies: titles });
  parts.push(commands.register(), vscode.window.registerWebviewViewProvider(runViewId, view), view, editors, status, launch, onDidChangeInterpreter(() => view.tellLaunch()));
  // In Restricted Mode these views aren't shown: what is shown instead says why.
  const trusted = (): void => void parts.push(new HistoryTree(store), new GpuTree(gpus, store));
  const nothing: vscode.TreeDataProvider<never> = { getChildren: () => [], getTreeItem: (row) => row };
  parts.push(vscode.window.registerTreeDataProvider("hfPreflight.restrictedView", nothing));
  if (vscode.workspace.isTrusted) trusted();
  else parts.push(vscode.workspace.onDidGrantWorkspaceTrust(trusted), vscode.workspace.onDidGrantWorkspaceTrust(() => client.state !== "stopped" && void client.restart()));
  return {
    stop: () => gpus.dispose(),
    dispose: () => {
      for (const part of parts) part.dispose();
      store.dispose();
      void gpus.dispose();
    },
  };
}
