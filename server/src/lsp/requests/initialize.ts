/** `initialize`: what this server offers the client that asks. */
import { CodeActionKind, PositionEncodingKind, TextDocumentSyncKind, type InitializeResult } from "vscode-languageserver/node";
import { version } from "../../../../package.json";
import type { ClientCapabilities } from "../clientCapabilities.js";
import { FIX_ALL_KIND } from "./codeAction.js";

export function initializeResult(client: ClientCapabilities): InitializeResult {
  return {
    serverInfo: { name: "HF Preflight", version },
    capabilities: {
      positionEncoding: PositionEncodingKind.UTF16,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND] },
      hoverProvider: true,
      completionProvider: { triggerCharacters: ["(", ",", "=", '"', "'"], resolveProvider: true, ...(client.labelDetails ? { completionItem: { labelDetailsSupport: true } } : {}) },
      inlayHintProvider: { resolveProvider: false },
      ...(client.runsScripts ? { codeLensProvider: { resolveProvider: false } } : {}),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(client.pullsDiagnostics
        ? { diagnosticProvider: { identifier: "hf-preflight", interFileDependencies: false, workspaceDiagnostics: false } }
        : {}),
    },
  };
}
