/** What the client can do, as plain booleans computed once; and what this server offers it. */
import * as z from "zod";
import { CodeActionKind, TextDocumentSyncKind, type InitializeParams, type ServerCapabilities } from "vscode-languageserver/node";

export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.hf-preflight`;
export const DIAGNOSTICS_IDENTIFIER = "hf-preflight";
export const SHOW_DOCUMENTATION = "hfPreflight.showRuleDocumentation";

export interface ClientCapabilities {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly answersConfiguration: boolean;
  readonly watchesFiles: boolean;
  readonly registersConfigurationChanges: boolean;
  readonly snippetEdits: boolean;
  readonly documentChanges: boolean;
  readonly markdownHover: boolean;
  readonly showsDocumentation: boolean;
}

/** What a client may pass beside the protocol: settings, if it answers no `workspace/configuration`; the commands that it has. */
const initializationOptions = z
  .object({ settings: z.unknown().optional(), commands: z.array(z.string()).optional() })
  .catch({});

export type InitializationOptions = z.output<typeof initializationOptions>;

export function readInitializationOptions(params: InitializeParams): InitializationOptions {
  return initializationOptions.parse(params.initializationOptions ?? {});
}

export function resolveCapabilities(params: InitializeParams): ClientCapabilities {
  const { workspace, textDocument } = params.capabilities;
  const commands = readInitializationOptions(params).commands ?? [];
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: (textDocument?.diagnostic?.relatedInformation ?? textDocument?.publishDiagnostics?.relatedInformation) === true,
    answersConfiguration: workspace?.configuration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registersConfigurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    showsDocumentation: commands.includes(SHOW_DOCUMENTATION),
  };
}

export function serverCapabilities(client: ClientCapabilities): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND] },
    hoverProvider: true,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(client.pullsDiagnostics
      ? { diagnosticProvider: { identifier: DIAGNOSTICS_IDENTIFIER, interFileDependencies: false, workspaceDiagnostics: false } }
      : {}),
  };
}
