/** The language server: wires the protocol's requests to the rooms that answer them. Keeps no state but documents and settings. */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  MarkupKind,
  TextDocuments,
  type CodeAction,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFolder,
} from "vscode-languageserver/node";
import type { Rule } from "../analysis/rule.js";
import { configurationFiles } from "../config/findConfiguration.js";
import { ruleHoverAt } from "../features/ruleHover.js";
import { PythonParser, type GrammarBytes } from "../syntax/parser.js";
import { version } from "../../../package.json";
import { readInitializationOptions, resolveCapabilities, serverCapabilities, type ClientCapabilities } from "./capabilities.js";
import { Checker } from "./checker.js";
import { codeActions } from "./codeActions.js";
import { Configurations, SECTION } from "./configurations.js";
import { diagnosticOf, rangeOf } from "./conversion.js";
import { OpenDocument } from "./document.js";
import { PushDiagnostics } from "./pushDiagnostics.js";

export interface ServerOptions {
  readonly connection: Connection;
  readonly rules: readonly Rule[];
  /** Reads the wasm files, once, when the client initializes. */
  readonly grammars: () => GrammarBytes;
}

export function startServer(options: ServerOptions): void {
  const { connection, rules } = options;
  const documents = new TextDocuments<OpenDocument>({
    create: (uri, languageId, documentVersion, text) => new OpenDocument(uri, languageId, documentVersion, text),
    update: (document, changes, documentVersion) => document.apply(changes, documentVersion),
  });
  let session: Session | undefined;

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    const parser = await PythonParser.load(options.grammars());
    session = new Session(connection, rules, parser, params, (uri) => documents.get(uri), () => documents.all());
    return { capabilities: serverCapabilities(session.client), serverInfo: { name: "hf-preflight", version } };
  });
  connection.onInitialized(() => session?.register());
  connection.onShutdown(() => session?.dispose());

  documents.onDidChangeContent(({ document }) => session?.changed(document));
  documents.onDidClose(({ document }) => session?.closed(document));
  connection.onDidChangeConfiguration(({ settings }) => session?.refresh(sectionOf(settings)));
  connection.onDidChangeWatchedFiles(() => session?.refresh());

  connection.languages.diagnostics.on(async (params, token): Promise<DocumentDiagnosticReport> => {
    const document = documents.get(params.textDocument.uri);
    const empty: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
    if (!session || !document) return empty;
    return (await session.guard("diagnostics", () => session?.pull(document, params.previousResultId, () => token.isCancellationRequested))) ?? empty;
  });
  connection.onCodeAction(async (params): Promise<CodeAction[]> => {
    const document = documents.get(params.textDocument.uri);
    if (!session || !document) return [];
    return (await session.guard("code actions", () => session?.actions(document, params))) ?? [];
  });
  connection.onHover(async (params): Promise<Hover | null> => {
    const document = documents.get(params.textDocument.uri);
    if (!session || !document) return null;
    return (await session.guard("hover", () => session?.hover(document, document.lines.offsetAt(params.position)))) ?? null;
  });

  documents.listen(connection);
  connection.listen();
}

/** Everything that begins with `initialize`. */
class Session {
  readonly client: ClientCapabilities;
  private readonly checker: Checker;
  private readonly configurations: Configurations;
  private readonly push: PushDiagnostics | undefined;
  private readonly failedRules = new Set<string>();
  private readonly tooLarge = new Set<string>();

  constructor(
    private readonly connection: Connection,
    private readonly rules: readonly Rule[],
    parser: PythonParser,
    params: InitializeParams,
    documentAt: (uri: string) => OpenDocument | undefined,
    private readonly openDocuments: () => readonly OpenDocument[],
  ) {
    this.client = resolveCapabilities(params);
    this.checker = new Checker(parser, rules, (rule, error) => this.ruleFailed(rule, error), (uri) => this.isTooLarge(uri));
    this.configurations = new Configurations({
      connection,
      asksClient: this.client.answersConfiguration,
      initialSettings: readInitializationOptions(params).settings,
      ruleIds: rules.map((rule) => rule.id),
      log: (message) => connection.console.warn(message),
    });
    this.setFolders(params.workspaceFolders ?? []);
    if (!this.client.pullsDiagnostics) {
      this.push = new PushDiagnostics(connection, async (document) => (await this.guard("diagnostics", () => this.diagnostics(document))) ?? [], documentAt);
    }
  }

  /** After `initialized`: what can only be asked for at run time. */
  register(): void {
    const { connection, client } = this;
    if (client.registersConfigurationChanges) void connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    if (client.watchesFiles) {
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: configurationFiles.map((name) => ({ globPattern: `**/${name}` })) });
    }
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      this.workspaceFolders = [...this.workspaceFolders.filter(({ uri }) => !gone.has(uri)), ...added];
      this.setFolders(this.workspaceFolders);
      this.refresh();
    });
  }

  private workspaceFolders: readonly WorkspaceFolder[] = [];

  private setFolders(folders: readonly WorkspaceFolder[]): void {
    this.workspaceFolders = folders;
    this.configurations.folders = folders.filter(({ uri }) => uri.startsWith("file:")).map(({ uri }) => fileURLToPath(uri));
  }

  changed(document: OpenDocument): void {
    this.push?.schedule(document);
  }

  closed(document: OpenDocument): void {
    this.checker.forget(document);
    this.push?.close(document.uri);
  }

  /** Settings, configuration files or folders changed: every open document is looked at again. */
  refresh(settings?: unknown): void {
    this.configurations.changed(settings);
    if (this.push) for (const document of this.openDocuments()) this.push.schedule(document, 0);
    else if (this.client.refreshesDiagnostics) void this.connection.languages.diagnostics.refresh();
  }

  async pull(document: OpenDocument, previous: string | undefined, isCancelled: () => boolean): Promise<DocumentDiagnosticReport> {
    const resultId = this.resultId(document);
    if (resultId === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: await this.diagnostics(document, isCancelled) };
  }

  /** Names a result by all that it depends on: the text, the settings and files (their epoch), the rules of this build. */
  private resultId(document: OpenDocument): string {
    return createHash("sha1").update(`${version}\n${this.configurations.epoch}\n${document.uri}\n${document.text}`).digest("base64url");
  }

  private async diagnostics(document: OpenDocument, isCancelled?: () => boolean): Promise<Diagnostic[]> {
    if (!this.checker.isChecked(document)) return [];
    const config = await this.configurations.of(document.uri);
    if (!config || isCancelled?.()) return [];
    return this.checker.findings({ document, config, ...(isCancelled ? { isCancelled } : {}) }).map((finding) => diagnosticOf(finding, document, this.client));
  }

  async actions(document: OpenDocument, params: Parameters<typeof codeActions>[0]["params"]): Promise<CodeAction[]> {
    const config = await this.configurations.of(document.uri);
    return config ? codeActions({ params, document, config, checker: this.checker, client: this.client }) : [];
  }

  async hover(document: OpenDocument, offset: number): Promise<Hover | null> {
    const config = this.checker.isChecked(document) ? await this.configurations.of(document.uri) : undefined;
    if (!config) return null;
    const hover = ruleHoverAt(this.checker.script(document).tree, offset, this.checker.findings({ document, config }), this.rules);
    if (!hover) return null;
    const kind = this.client.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
    return { contents: { kind, value: hover.markdown }, range: rangeOf(document.lines, hover.range) };
  }

  /** A bug in a handler is logged with its stack and costs this one answer. */
  async guard<Result>(what: string, answer: () => Promise<Result> | Result): Promise<Result | undefined> {
    try {
      return await answer();
    } catch (error) {
      this.connection.console.error(`A bug in HF Preflight (${what}): ${stackOf(error)}`);
      return undefined;
    }
  }

  dispose(): void {
    this.push?.dispose();
  }

  private ruleFailed(rule: string, error: unknown): void {
    if (this.failedRules.has(rule)) return;
    this.failedRules.add(rule);
    this.connection.console.error(`The rule ${rule} failed and is left out where it does: ${stackOf(error)}`);
  }

  private isTooLarge(uri: string): void {
    if (this.tooLarge.has(uri)) return;
    this.tooLarge.add(uri);
    this.connection.console.warn(`${uri} is larger than 2 MB and is not checked.`);
  }
}

/** Clients that push settings send them under our section, or as they are. */
function sectionOf(settings: unknown): unknown {
  return typeof settings === "object" && settings !== null && SECTION in settings ? (settings as Record<string, unknown>)[SECTION] : settings;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
