/** What the client can do, as plain booleans computed once. */
import * as z from "zod";
import { MarkupKind, type InitializeParams } from "vscode-languageserver/node";

export interface ClientCapabilities {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  /** Answers `workspace/configuration`. */
  readonly answersConfiguration: boolean;
  readonly registersConfigurationChanges: boolean;
  /** Watches files for the server, registered at run time. */
  readonly watchesFiles: boolean;
  /** Tells of documents that aren't Python when it is asked to at run time. */
  readonly registersDocuments: boolean;
  readonly workspaceFolders: boolean;
  /** Takes code actions; without it a client knows only commands. */
  readonly codeActions: boolean;
  readonly documentChanges: boolean;
  /** Takes snippets in a workspace edit, which only stand in document changes. */
  readonly snippetEdits: boolean;
  readonly markdownHover: boolean;
  readonly markdownCompletion: boolean;
  /** Shows what stands beside a completion's label. */
  readonly labelDetails: boolean;
  readonly completionTags: boolean;
  readonly refreshesInlayHints: boolean;
  /** Watches a folder outside the workspace. */
  readonly relativePatterns: boolean;
  /** Answers which interpreter belongs to a document; it is then nobody else's to look for. */
  readonly tellsInterpreter: boolean;
  /** Has the command that opens a rule's page. */
  readonly showsDocumentation: boolean;
  /** Has the commands that run a script. */
  readonly runsScripts: boolean;
  readonly refreshesCodeLenses: boolean;
}

/** The client's command that opens a rule's page; its argument is the rule's id. */
export const SHOW_DOCUMENTATION = "hfPreflight.showRuleDocumentation";

/** The client's commands that run a script; their argument is its URI. */
export const RUN_SCRIPT = "hfPreflight.runScript";
export const SMOKE_RUN = "hfPreflight.smokeRun";

/**
 * What a client may pass beside the protocol: settings, if it answers no `workspace/configuration`; the commands that it has; whether it
 * speaks the messages of protocol/detectedVersions.ts.
 */
const initializationOptions = z.object({ settings: z.unknown().optional(), commands: z.array(z.string()).optional(), interpreter: z.boolean().optional() }).catch({});

export type InitializationOptions = z.output<typeof initializationOptions>;

export function readInitializationOptions(params: InitializeParams): InitializationOptions {
  return initializationOptions.parse(params.initializationOptions ?? {});
}

export function clientCapabilitiesOf(params: InitializeParams): ClientCapabilities {
  const { workspace, textDocument } = params.capabilities;
  const item = textDocument?.completion?.completionItem;
  const documentChanges = workspace?.workspaceEdit?.documentChanges === true;
  const commands = readInitializationOptions(params).commands ?? [];
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: (textDocument?.diagnostic?.relatedInformation ?? textDocument?.publishDiagnostics?.relatedInformation) === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfigurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registersDocuments: textDocument?.synchronization?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    codeActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    documentChanges,
    snippetEdits: documentChanges && workspace?.workspaceEdit?.snippetEditSupport === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    markdownCompletion: item?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    labelDetails: item?.labelDetailsSupport === true,
    completionTags: item?.tagSupport !== undefined,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    tellsInterpreter: readInitializationOptions(params).interpreter === true,
    showsDocumentation: commands.includes(SHOW_DOCUMENTATION),
    runsScripts: [RUN_SCRIPT, SMOKE_RUN].every((command) => commands.includes(command)),
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
  };
}
