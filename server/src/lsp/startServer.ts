/** Wires the protocol's requests and notifications to the files that answer them. Decides nothing itself. */
import {
  createConnection,
  Message,
  ProposedFeatures,
  type ResponseError,
  type CancellationToken,
  type Connection,
  type ConnectionOptions,
  type DiagnosticServerCancellationData,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver/node";
import type { Rule } from "../analysis/rule.js";
import type { Knowledge } from "../knowledge/knowledge.js";
import { PythonParser, type GrammarBytes } from "../syntax/parser.js";
import { cancelledByClient } from "./cancellation.js";
import { Log, stackOf } from "./log.js";
import { didChangeConfiguration } from "./notifications/didChangeConfiguration.js";
import { didChangeWatchedFiles } from "./notifications/didChangeWatchedFiles.js";
import { followDocuments, openDocuments } from "./notifications/documents.js";
import { initialized } from "./notifications/initialized.js";
import { interpreterChanged } from "./notifications/interpreterChanged.js";
import { CHECK_ARGUMENTS_REQUEST } from "./protocol/checkArguments.js";
import { MEMORY_REMEDIES_REQUEST } from "./protocol/memoryRemedies.js";
import { INTERPRETER_CHANGED, VERSIONS_REQUEST } from "./protocol/detectedVersions.js";
import { checkArguments } from "./requests/checkArguments.js";
import { memoryRemedies } from "./requests/memoryRemedies.js";
import { codeLens } from "./requests/codeLens.js";
import { codeAction } from "./requests/codeAction.js";
import { completion, resolveCompletion } from "./requests/completion.js";
import { detectedVersions } from "./requests/detectedVersions.js";
import { documentDiagnostic } from "./requests/documentDiagnostic.js";
import { hover } from "./requests/hover.js";
import { initializeResult } from "./requests/initialize.js";
import { inlayHint } from "./requests/inlayHint.js";
import { Session } from "./session.js";

export interface ServerOptions {
  readonly rules: readonly Rule[];
  /** Reads the wasm files, once, when a client initializes. */
  readonly grammars: () => GrammarBytes;
  /** What the libraries accept; read library by library as it is asked for. */
  readonly knowledge: Knowledge;
  /** The folder in which the NVIDIA driver tells of the machine's GPUs. */
  readonly gpus: string;
}

/** A request that is cancelled while it waits its turn is answered at once. The library's default is to work it out all the same. */
const connectionOptions: ConnectionOptions = {
  connectionStrategy: {
    cancelUndispatched: (message) => (Message.isRequest(message) ? { jsonrpc: "2.0", id: message.id, error: cancelledByClient().toJson() } : undefined),
  },
};

const FULL_AND_EMPTY: DocumentDiagnosticReport = { kind: "full", items: [] };

/** Serves one client, over what the process's command line names: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`. */
export function startServer({ rules, grammars, knowledge, gpus }: ServerOptions): void {
  const connection = connect();
  if (!connection) return;
  const log = new Log(connection.console);
  const documents = openDocuments();
  let session: Session | undefined;

  connection.onInitialize(async (params: InitializeParams): Promise<InitializeResult> => {
    const parser = await PythonParser.load(grammars());
    session = new Session({ connection, documents, rules, knowledge, gpus, parser, log }, params);
    return initializeResult(session.client);
  });
  connection.onInitialized(() => answer("initialized", undefined, initialized));
  connection.onShutdown(() => session?.dispose());

  connection.onDidChangeConfiguration((params) => answer("didChangeConfiguration", undefined, (current) => didChangeConfiguration(current, params)));
  connection.onDidChangeWatchedFiles((params) => answer("didChangeWatchedFiles", undefined, (current) => didChangeWatchedFiles(current, params)));
  connection.onNotification(INTERPRETER_CHANGED, () => answer("interpreter changed", undefined, interpreterChanged));
  connection.onRequest(CHECK_ARGUMENTS_REQUEST, (params: unknown) => answer("checkArguments", [], (current) => checkArguments(current, params)));
  connection.onRequest(MEMORY_REMEDIES_REQUEST, (params: unknown) => answer("memoryRemedies", [], (current) => memoryRemedies(current, params)));
  connection.onRequest(VERSIONS_REQUEST, (params: unknown) => answer("versions", null, (current) => detectedVersions(current, params)));
  connection.languages.diagnostics.on((params, token: CancellationToken) =>
    answer<DocumentDiagnosticReport | ResponseError<DiagnosticServerCancellationData>>("diagnostic", FULL_AND_EMPTY, (current) => documentDiagnostic(current, params, token)),
  );
  connection.onCodeAction((params) => answer("codeAction", [], (current) => codeAction(current, params)));
  connection.onCompletion((params) => answer("completion", [], (current) => completion(current, params)));
  connection.onCompletionResolve((item) => answer("completion item", item, (current) => resolveCompletion(current, item)));
  connection.onCodeLens((params) => answer("codeLens", [], (current) => codeLens(current, params)));
  connection.languages.inlayHint.on((params) => answer("inlayHint", [], (current) => inlayHint(current, params)));
  connection.onHover((params) => answer("hover", null, (current) => hover(current, params)));

  followDocuments(documents, () => session);
  documents.listen(connection);
  connection.listen();

  /** A handler with the session; a bug in it is logged, and the answer is the empty one. */
  async function answer<Answer>(what: string, empty: Answer, handler: (session: Session) => Answer | Promise<Answer>): Promise<Answer> {
    const current = session;
    return current ? log.guard(what, empty, () => handler(current)) : empty;
  }
}

function connect(): Connection | undefined {
  try {
    return createConnection(ProposedFeatures.all, connectionOptions);
  } catch (error) {
    // A mistake in the call: no transport is named. There is no client to tell it to.
    process.stderr.write(`hf-preflight: the server needs to know how to talk to its client: --stdio, --node-ipc, --socket=PORT or --pipe=NAME.\n${stackOf(error)}\n`);
    process.exitCode = 2;
    return undefined;
  }
}
