/**
 * A client for the real server process over stdio: as VS Code talks (pull, configuration requests) or as a plain editor does (push).
 */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver-protocol/node";

export const VSCODE: ClientCapabilities = {
  textDocument: {
    diagnostic: { relatedInformation: true },
    hover: { contentFormat: ["markdown"] },
    publishDiagnostics: { relatedInformation: true },
  },
  workspace: {
    configuration: true,
    diagnostics: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, snippetEditSupport: true },
    workspaceFolders: true,
  },
};

/** An editor that knows LSP as it was in 2018. */
export const PLAIN: ClientCapabilities = { textDocument: { publishDiagnostics: {} } };

export interface StartOptions {
  readonly capabilities?: ClientCapabilities;
  readonly settings?: unknown;
  readonly initializationOptions?: unknown;
  readonly folders?: readonly string[];
  /** Another entry than dist/server.js. */
  readonly server?: string;
}

const serverModule = fileURLToPath(new URL("../../dist/server.js", import.meta.url));

export class LspClient {
  settings: unknown;
  refreshes = 0;
  readonly logged: string[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  private waiting: (() => void)[] = [];
  private version = 1;
  private readonly texts = new Map<string, string>();

  private constructor(
    readonly process: ChildProcessWithoutNullStreams,
    readonly connection: ProtocolConnection,
    readonly initialized: InitializeResult,
  ) {}

  static async start({ capabilities = VSCODE, settings = {}, initializationOptions, folders = [], server = serverModule }: StartOptions = {}): Promise<LspClient> {
    const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
    const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    // What arrives before the answer to `initialize` waits for the client to exist.
    const started: { client?: LspClient } = {};
    const early: ((ready: LspClient) => void)[] = [];
    const whenReady = (action: (ready: LspClient) => void): void => (started.client ? action(started.client) : void early.push(action));
    connection.onRequest("workspace/configuration", () => [started.client?.settings ?? settings]);
    connection.onRequest("client/registerCapability", () => null);
    connection.onRequest("workspace/diagnostic/refresh", () => {
      whenReady((ready) => {
        ready.refreshes++;
        ready.wake();
      });
      return null;
    });
    connection.onNotification("window/logMessage", ({ message }: { message: string }) => whenReady((ready) => ready.log(message)));
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => whenReady((ready) => ready.publish(params)));
    connection.listen();
    const initialized = await connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      ...(initializationOptions === undefined ? {} : { initializationOptions }),
    });
    const client = new LspClient(child, connection, initialized);
    client.settings = settings;
    started.client = client;
    for (const action of early) action(client);
    await connection.sendNotification("initialized", {});
    return client;
  }

  /** Resolves when a condition holds; it is looked at after every message from the server. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private log(message: string): void {
    this.logged.push(message);
    this.wake();
  }

  private publish(params: PublishDiagnosticsParams): void {
    this.published.push(params);
    this.wake();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  async open(uri: string, text: string): Promise<void> {
    this.texts.set(uri, text);
    await this.connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "python", version: this.version, text } });
  }

  async change(uri: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    await this.connection.sendNotification("textDocument/didChange", { textDocument: { uri, version: ++this.version }, contentChanges });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  report(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri }, ...(previousResultId ? { previousResultId } : {}) });
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.report(uri);
    return report.kind === "full" ? report.items : [];
  }

  actions(uri: string, range: Range, diagnostics: readonly Diagnostic[], only?: readonly string[]): Promise<CodeAction[]> {
    return this.connection.sendRequest("textDocument/codeAction", { textDocument: { uri }, range, context: { diagnostics, ...(only ? { only } : {}) } });
  }

  hover(uri: string, line: number, character: number): Promise<Hover | null> {
    return this.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position: { line, character } });
  }

  async setSettings(settings: unknown): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  }

  /** Ends the server in order; resolves with its exit code. */
  async stop(): Promise<number | null> {
    const exited = new Promise<number | null>((resolve) => this.process.once("exit", resolve));
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const code = await exited;
    this.connection.dispose();
    return code;
  }
}
