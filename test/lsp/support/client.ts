/** An editor, as far as the protocol goes: starts the real server process and talks to it over stdio. */
import { spawn, type ChildProcess } from "node:child_process";
import { onTestFinished } from "vitest";
import {
  CodeActionKind,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  CompletionResolveRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  FileChangeType,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  InlayHintRefreshRequest,
  InlayHintRequest,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentEdit,
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type CodeLens,
  type CompletionItem,
  type Diagnostic,
  type DidChangeWatchedFilesRegistrationOptions,
  type DocumentDiagnosticReport,
  type FileSystemWatcher,
  type Hover,
  type InitializeResult,
  type InlayHint,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type TextDocumentContentChangeEvent,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { Inbox } from "./inbox.js";
import { REAL_SERVER, serverBundle } from "./serverBundle.js";

/** What VS Code says of itself, as far as this server asks. */
export const VS_CODE: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, snippetEditSupport: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration: true },
    diagnostic: { dynamicRegistration: true, relatedInformation: true },
    publishDiagnostics: { relatedInformation: true },
    hover: { contentFormat: ["markdown", "plaintext"] },
    completion: { completionItem: { documentationFormat: ["markdown", "plaintext"], labelDetailsSupport: true, tagSupport: { valueSet: [1] } } },
    inlayHint: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "source", "source.fixAll"] } }, isPreferredSupport: true, dataSupport: true },
  },
};

/** An editor that neither pulls, nor answers questions, nor watches files. */
export const PLAIN_EDITOR: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } } },
  },
};

export interface ClientOptions {
  readonly entry?: string;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** Addresses of the workspace's folders. */
  readonly folders?: readonly string[];
  /** The settings by the folder's address; "" for what belongs to none. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The answer to which interpreter belongs to a document; a client that has none to give isn't asked. */
  readonly interpreter?: (uri: string) => unknown;
  /** Of the server, beside our own. */
  readonly environment?: Readonly<Record<string, string>>;
}

export class EditorClient {
  settings: Readonly<Record<string, unknown>>;
  initializeResult: InitializeResult | undefined;
  readonly published = new Inbox<PublishDiagnosticsParams>();
  readonly logged = new Inbox<string>();
  readonly refreshed = new Inbox<true>();
  readonly inlayHintsRefreshed = new Inbox<true>();
  readonly registered = new Inbox<string>();
  /** What the server wants to be told of when it changes. */
  readonly watched = new Inbox<FileSystemWatcher>();
  readonly versionsChanged = new Inbox<true>();
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
  private readonly texts = new Map<string, { version: number; text: string }>();

  private constructor(
    readonly process: ChildProcess,
    private readonly connection: ProtocolConnection,
    settings: Readonly<Record<string, unknown>>,
  ) {
    this.settings = settings;
    this.exited = new Promise((resolve) => process.on("exit", resolve));
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => this.published.add(params));
    connection.onNotification(LogMessageNotification.type, ({ message }) => this.logged.add(message));
    connection.onRequest(DiagnosticRefreshRequest.type, () => void this.refreshed.add(true));
    connection.onRequest(InlayHintRefreshRequest.type, () => void this.inlayHintsRefreshed.add(true));
    connection.onRequest(RegistrationRequest.type, ({ registrations }) =>
      registrations.forEach(({ method, registerOptions }) => {
        this.registered.add(method);
        for (const watcher of (registerOptions as Partial<DidChangeWatchedFilesRegistrationOptions> | undefined)?.watchers ?? []) this.watched.add(watcher);
      }),
    );
    connection.onNotification("hfPreflight/versionsChanged", () => this.versionsChanged.add(true));
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(({ scopeUri }) => this.settings[scopeUri ?? ""] ?? null));
    connection.listen();
  }

  /** A server of its own, stopped at the end of the test. */
  static async start(options: ClientOptions = {}): Promise<EditorClient> {
    const client = await EditorClient.launch(options);
    onTestFinished(async () => {
      await client.stop();
    });
    return client;
  }

  /** Like `start`, for whoever stops it himself. */
  static async launch({ entry = REAL_SERVER, capabilities = VS_CODE, initializationOptions, folders = [], settings = {}, interpreter, environment = {} }: ClientOptions = {}): Promise<EditorClient> {
    const child = spawn(process.execPath, [await serverBundle(entry), "--stdio"], { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...environment } });
    const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    const client = new EditorClient(child, connection, settings);
    connection.onRequest("hfPreflight/interpreter", ({ uri }: { uri: string }) => interpreter?.(uri) ?? null);
    client.initializeResult = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions: interpreter ? { ...(initializationOptions as object | undefined), interpreter: true } : initializationOptions,
      workspaceFolders: folders.length > 0 ? folders.map((uri) => ({ uri, name: uri })) : null,
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  async stop(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await this.connection.sendRequest(ShutdownRequest.type);
      await this.connection.sendNotification(ExitNotification.type);
    }
    const code = await this.exited;
    this.connection.dispose();
    return code;
  }

  textOf(uri: string): string {
    return this.document(uri).text;
  }

  versionOf(uri: string): number {
    return this.document(uri).version;
  }

  open(uri: string, text: string, languageId = "python"): void {
    this.texts.set(uri, { version: 1, text });
    void this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Sends changes; `text` is what they make of the document, by the editor's own account. */
  change(uri: string, contentChanges: TextDocumentContentChangeEvent[], text: string): void {
    const version = this.document(uri).version + 1;
    this.texts.set(uri, { version, text });
    void this.connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges });
  }

  /** Replaces the whole text. */
  rewrite(uri: string, text: string): void {
    this.change(uri, [{ text }], text);
  }

  /** Types at an offset of a text whose lines end with `\n`, `\r\n` or `\r`. */
  type(uri: string, start: number, end: number, typed: string): void {
    const { text } = this.document(uri);
    const range = { start: positionIn(text, start), end: positionIn(text, end) };
    this.change(uri, [{ range, text: typed }], text.slice(0, start) + typed + text.slice(end));
  }

  save(uri: string): void {
    void this.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
  }

  close(uri: string): void {
    this.texts.delete(uri);
    void this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  pull(uri: string, previousResultId?: string, token?: CancellationToken): Promise<DocumentDiagnosticReport> {
    const params = { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) };
    return this.connection.sendRequest(DocumentDiagnosticRequest.type, params, token);
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== "full") throw new Error("the server says that nothing has changed since nothing");
    return report.items;
  }

  /** The rules that speak, in order. */
  async rules(uri: string): Promise<string[]> {
    return (await this.diagnostics(uri)).map(({ code }) => String(code));
  }

  async actions(uri: string, diagnostics: Diagnostic[], context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    const range = diagnostics[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const actions = await this.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context: { diagnostics, ...context } });
    return (actions ?? []) as CodeAction[];
  }

  async fixAll(uri: string, kind: string = CodeActionKind.SourceFixAll): Promise<string> {
    const [action] = await this.actions(uri, [], { only: [kind] });
    return action ? this.applied(uri, action) : this.textOf(uri);
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  }

  /** The completions at an offset, in the order in which an editor shows them. */
  async completions(uri: string, offset: number): Promise<CompletionItem[]> {
    const found = await this.connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position: positionIn(this.textOf(uri), offset) });
    const items = Array.isArray(found) ? found : (found?.items ?? []);
    return items.sort((a, b) => (a.sortText ?? "").localeCompare(b.sortText ?? ""));
  }

  resolve(item: CompletionItem): Promise<CompletionItem> {
    return this.connection.sendRequest(CompletionResolveRequest.type, item);
  }

  async codeLenses(uri: string): Promise<CodeLens[]> {
    return (await this.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [];
  }

  /** All inlay hints of a document. */
  async inlayHints(uri: string): Promise<InlayHint[]> {
    const text = this.textOf(uri);
    return (await this.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range: { start: positionIn(text, 0), end: positionIn(text, text.length) } })) ?? [];
  }

  /** The text after an action, as an editor would apply it. */
  applied(uri: string, action: CodeAction): string {
    return applyTextEdits(this.textOf(uri), editsOf(uri, action));
  }

  configurationChanged(settings: unknown): void {
    void this.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  }

  fileChanged(uri: string): void {
    void this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri, type: FileChangeType.Changed }] });
  }

  /** Anything that the protocol doesn't know, or knows otherwise. */
  send(method: string, params: object): void {
    void this.connection.sendNotification(method, params);
  }

  request(method: string, params: object): Promise<unknown> {
    return this.connection.sendRequest(method, params);
  }

  private document(uri: string): { version: number; text: string } {
    const document = this.texts.get(uri);
    if (!document) throw new Error(`${uri} is not open`);
    return document;
  }
}

export function editsOf(uri: string, { edit }: CodeAction): TextEdit[] {
  const documentEdits = (edit?.documentChanges ?? []).filter((change) => TextDocumentEdit.is(change));
  return [...(edit?.changes?.[uri] ?? []), ...documentEdits.flatMap(({ edits }) => edits as TextEdit[])];
}

/** An independent count of positions: what a line is, is the protocol's own definition. */
export function positionIn(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

export function offsetIn(text: string, { line, character }: Position): number {
  let offset = 0;
  for (let left = line; left > 0; left--) offset += (/^[^\r\n]*(\r\n|\n|\r)/.exec(text.slice(offset)) ?? [""])[0].length;
  return offset + character;
}

export function textIn(text: string, { start, end }: Range): string {
  return text.slice(offsetIn(text, start), offsetIn(text, end));
}

function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .map(({ range, newText }) => ({ start: offsetIn(text, range.start), end: offsetIn(text, range.end), newText }))
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}
