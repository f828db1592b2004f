/** The two other places to run a script: a terminal, for what asks questions, and the debugger. */
import * as vscode from "vscode";
import type { LaunchPlan } from "../../../runner/src/launch.js";
import { productName } from "../log.js";
import { nameOf } from "../panel/view/words.js";

const debuggerExtension = "ms-python.debugpy";

export function canDebug(): boolean {
  return vscode.extensions.getExtension(debuggerExtension) !== undefined;
}

/** As a task without a shell: the same words as in the panel, in a terminal that stays open and takes answers. */
export async function runInTerminal(plan: LaunchPlan): Promise<void> {
  const [program, ...args] = plan.argv;
  if (program === undefined) return;
  const name = nameOf(plan.script);
  const execution = new vscode.ProcessExecution(program, args, { cwd: plan.cwd, env: { ...plan.added } });
  const task = new vscode.Task({ type: "hfPreflight.run", script: plan.script }, vscode.TaskScope.Workspace, name, productName, execution);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: true, clear: true, panel: vscode.TaskPanelKind.Dedicated };
  await vscode.tasks.executeTask(task);
}

/** Resolves to whether the debugger has started. */
export async function debugScript(plan: LaunchPlan): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(plan.script));
  return vscode.debug.startDebugging(folder, {
    type: "debugpy",
    request: "launch",
    name: nameOf(plan.script),
    program: plan.script,
    args: [...plan.args],
    cwd: plan.cwd,
    env: { ...plan.added },
    python: plan.interpreter,
    console: "integratedTerminal",
  });
}
