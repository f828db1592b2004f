/** What a report of a bug needs to say: versions and states, and nothing of the user's files, paths or environment. */
import * as vscode from "vscode";
import type { PreflightClient } from "./languageClient.js";

export function debugInformation(extension: vscode.Extension<unknown>, client: PreflightClient): string {
  const { packageJSON } = extension as { packageJSON: { version?: unknown } };
  const facts: [string, string][] = [
    ["HF Preflight", String(packageJSON.version)],
    ["Server", `${client.state}, version ${client.serverVersion ?? "unknown"}`],
    ["VS Code", `${vscode.version} (${vscode.env.appName}, ${vscode.env.appHost})`],
    ["Remote", vscode.env.remoteName ?? "none"],
    ["Platform", `${process.platform} ${process.arch}, Node ${process.versions.node}`],
    [
      "Workspace",
      `${vscode.workspace.isTrusted ? "trusted" : "restricted"}, ${vscode.workspace.workspaceFolders?.length ?? 0} folder(s)`,
    ],
  ];
  return facts.map(([name, value]) => `- ${name}: ${value}`).join("\n");
}
