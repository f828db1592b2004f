/** The page itself: it holds no text of anybody, and lets no script run but ours. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { contentSecurityPolicy } from "./contentSecurityPolicy.js";

export type PageKind = "launch" | "run" | "comparison";

/** What a page of ours may load. */
export function webviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, "dist")] };
}

export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, kind: PageKind): string {
  const nonce = randomBytes(16).toString("base64");
  const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extension, "dist", name)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(webview.cspSource, nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address("panel.css")}">
<title>HF Preflight</title>
</head>
<body data-page="${kind}">
<script nonce="${nonce}" src="${address("panel.js")}"></script>
</body>
</html>`;
}
