/** Starts, stops and restarts the language server. The server decides everything about findings; nothing of that belongs here. */
import * as vscode from "vscode";
import { DiagnosticPullMode, DocumentDiagnosticRequest, LanguageClient, State, TransportKind, vsdiag, type WorkspaceEdit } from "vscode-languageclient/node";
import {
  INTERPRETER_CHANGED,
  INTERPRETER_REQUEST,
  VERSIONS_CHANGED,
  VERSIONS_REQUEST,
  documentParams,
  versionsAnswer,
  type DetectedVersions,
} from "../../server/src/lsp/protocol/detectedVersions.js";
import { CHECK_ARGUMENTS_REQUEST, checkArgumentsAnswer } from "../../server/src/lsp/protocol/checkArguments.js";
import { MEMORY_REMEDIES_REQUEST, memoryRemediesAnswer } from "../../server/src/lsp/protocol/memoryRemedies.js";
import { documentSelector } from "./documents.js";
import { describeError, productName } from "./log.js";
import { selectedInterpreter } from "./python/interpreter.js";
import { linkHoverToPage, linkToPage, showRuleDocumentation } from "./ruleDocumentation.js";
import { runScript, smokeRun } from "./run/runCommands.js";
import { Serialised } from "./serialised.js";
import { readRun, section } from "./settings.js";

export type ServerState = "stopped" | "starting" | "running" | "failed";

export class PreflightClient implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ServerState>();
  readonly #versionsChanged = new vscode.EventEmitter<void>();
  readonly #checked = new vscode.EventEmitter<vscode.Uri>();
  readonly #opening = new OpenNotifications();
  readonly #restarts = new Serialised(() => this.#restartNow());
  #client: LanguageClient | undefined;
  #wanted = false;
  #state: ServerState = "stopped";

  /** Fires with the new state. */
  readonly onDidChangeState = this.#changed.event;

  /** Fires when the answer of `versionsOf` may have become another one. */
  readonly onDidChangeVersions = this.#versionsChanged.event;

  /** Fires with a document that has been checked. */
  readonly onDidCheck = this.#checked.event;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get state(): ServerState {
    return this.#state;
  }

  /** The version that the running server says it has. */
  get serverVersion(): string | undefined {
    return this.#client?.initializeResult?.serverInfo?.version;
  }

  /** Starts the server on the first call; later calls do nothing. Never rejects: a failure is logged and shown as the state. */
  async start(): Promise<void> {
    if (!this.#wanted) await this.restart();
  }

  /** Stops what runs and starts anew. Calls during a restart share the one that follows it. */
  restart(): Promise<void> {
    this.#wanted = true;
    return this.#restarts.run();
  }

  /** What is found in a document as it is now, asked for at once. Rejects where the server can't answer; empty where there is none. */
  async diagnosticsOf(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
    await this.start();
    const client = this.#client;
    if (client?.state !== State.Running) return [];
    await this.#opening.settled(document.uri);
    const report = await client.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    });
    return report.kind === "full" ? client.protocol2CodeConverter.asDiagnostics(report.items) : [];
  }

  /** What would fail with these arguments on the command line, where the document's own parser reads them. */
  async argumentErrors({ uri }: vscode.TextDocument, args: readonly string[]): Promise<string[]> {
    await this.start();
    const client = this.#client;
    if (client?.state !== State.Running || args.length === 0) return [];
    await this.#opening.settled(uri);
    return checkArgumentsAnswer.parse(await client.sendRequest<unknown>(CHECK_ARGUMENTS_REQUEST, { uri: client.code2ProtocolConverter.asUri(uri), args }));
  }

  /** What could be changed in a script that ran out of GPU memory. */
  async memoryRemedies({ uri }: vscode.TextDocument, phase: "training" | "evaluation"): Promise<{ title: string; edit: vscode.WorkspaceEdit }[]> {
    await this.start();
    const client = this.#client;
    if (client?.state !== State.Running) return [];
    await this.#opening.settled(uri);
    const answer = memoryRemediesAnswer.parse(await client.sendRequest<unknown>(MEMORY_REMEDIES_REQUEST, { uri: client.code2ProtocolConverter.asUri(uri), phase }));
    return Promise.all(answer.map(async ({ title, edit }) => ({ title, edit: await client.protocol2CodeConverter.asWorkspaceEdit(edit as WorkspaceEdit) })));
  }

  /** Which versions a document is checked for; null where there is no server to ask, or nothing to check. */
  async versionsOf({ uri }: vscode.TextDocument): Promise<DetectedVersions | null> {
    const client = this.#client;
    if (client?.state !== State.Running) return null;
    await this.#opening.settled(uri);
    try {
      const answer = versionsAnswer.parse(await client.sendRequest<unknown>(VERSIONS_REQUEST, { uri: client.code2ProtocolConverter.asUri(uri) }));
      return answer;
    } catch (error) {
      // A server that was stopped meanwhile owes no answer; the next one is asked again.
      if (client !== this.#client) return null;
      this.log.warn(`The server did not say which versions it checks for: ${describeError(error)}`);
      return null;
    }
  }

  /** Another interpreter may belong to the documents: the server looks again. */
  async interpreterChanged(): Promise<void> {
    const client = this.#client;
    if (client?.state === State.Running) await client.sendNotification(INTERPRETER_CHANGED);
  }

  /** Resolves when the server is gone. */
  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined) return;
    // The library forgets the process of a server that was starting or does not answer.
    const server = client.serverProcess;
    try {
      await client.dispose();
    } catch (error) {
      this.log.warn(`The server did not stop in order: ${describeError(error)}`);
      server?.kill("SIGKILL");
    }
    this.#setState("stopped");
  }

  dispose(): void {
    void this.stop();
    this.#changed.dispose();
    this.#versionsChanged.dispose();
    this.#checked.dispose();
  }

  async #restartNow(): Promise<void> {
    await this.stop();
    const client = this.#create();
    this.#client = client;
    client.onRequest(INTERPRETER_REQUEST, async (params: unknown) => {
      const uri = client.protocol2CodeConverter.asUri(documentParams.parse(params).uri);
      return (await selectedInterpreter(uri)) ?? null;
    });
    client.onNotification(VERSIONS_CHANGED, () => this.#versionsChanged.fire());
    client.onDidChangeState(({ newState }) => {
      if (client === this.#client) this.#setState(fromLibrary(newState));
    });
    try {
      await client.start();
    } catch (error) {
      this.log.error(`The server could not be started: ${describeError(error)}`);
      this.#setState("failed");
    }
  }

  #create(): LanguageClient {
    const server = { module: vscode.Uri.joinPath(this.extension, "dist", "server.js").fsPath, transport: TransportKind.ipc };
    return new LanguageClient(
      section,
      productName,
      { run: server, debug: { ...server, options: { execArgv: ["--nolazy", "--inspect=6011"] } } },
      {
        documentSelector,
        outputChannel: this.log,
        // The server offers what opens a rule's page, and what runs a script, only to clients that have the commands.
        initializationOptions: { commands: [showRuleDocumentation, ...(vscode.workspace.isTrusted ? [runScript, smokeRun] : [])], interpreter: true },
        // The library pulls again when a change comes while a pull is under way: it is the debouncer.
        diagnosticPullOptions: {
          onChange: true,
          onSave: true,
          onFocus: true,
          filter: (document, mode) => isLeftOut(document, mode),
        },
        middleware: {
          didOpen: (document, next) => this.#opening.track(document.uri, next(document)),
          provideDiagnostics: async (document, previousResultId, token, next) => {
            // When settings change the library pulls every document again, past the filter above, and text may be typed meanwhile.
            if (isTypedOnSave(document)) return asItWas(document);
            const uri = document instanceof vscode.Uri ? document : document.uri;
            await this.#opening.settled(uri);
            const report = await next(document, previousResultId, token);
            this.#checked.fire(uri);
            if (isTypedOnSave(document)) return asItWas(document);
            if (report?.kind === "full") report.items.forEach(linkToPage);
            return report;
          },
          provideHover: async (document, position, token, next) => {
            const hover = await next(document, position, token);
            if (hover) linkHoverToPage(hover);
            return hover;
          },
        },
      },
    );
  }

  #setState(state: ServerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed.fire(state);
  }
}

/**
 * The library writes `didOpen` some turns after it was asked to, and the first pull of a restarted server could overtake it: the server
 * would be asked about a document that it has not seen, and its empty answer would stay.
 */
class OpenNotifications {
  readonly #sending = new Map<string, Promise<void>>();

  async track(uri: vscode.Uri, sending: Promise<void>): Promise<void> {
    const key = uri.toString();
    this.#sending.set(key, sending);
    try {
      await sending;
    } finally {
      this.#sending.delete(key);
    }
  }

  /** Resolves when nothing about this document is on its way any more. A failure is reported to whoever sent it. */
  async settled(uri: vscode.Uri): Promise<void> {
    await this.#sending.get(uri.toString())?.catch(() => undefined);
  }
}

/** Whether a pull is left out: `onType` needs none on saving, `onSave` shows nothing about text that is not saved. */
function isLeftOut(document: vscode.TextDocument, mode: DiagnosticPullMode): boolean {
  if (readRun(document) === "onType") return mode === DiagnosticPullMode.onSave;
  return mode === DiagnosticPullMode.onType || (mode === DiagnosticPullMode.onFocus && document.isDirty);
}

/** Whether a document holds text that is not saved, while only saved text is to be checked. */
function isTypedOnSave(document: vscode.TextDocument | vscode.Uri): boolean {
  return !(document instanceof vscode.Uri) && document.isDirty && readRun(document) === "onSave";
}

/** What a document showed before stays. No result id: the next answer has to be a whole one. */
function asItWas(document: vscode.TextDocument | vscode.Uri): vsdiag.DocumentDiagnosticReport {
  const items = vscode.languages.getDiagnostics(document instanceof vscode.Uri ? document : document.uri).filter(({ source }) => source === "hf-preflight");
  return { kind: vsdiag.DocumentDiagnosticReportKind.full, items };
}

function fromLibrary(state: State): ServerState {
  switch (state) {
    case State.Running:
      return "running";
    case State.Starting:
      return "starting";
    case State.StartFailed:
      return "failed";
    case State.Stopped:
      return "stopped";
  }
}
