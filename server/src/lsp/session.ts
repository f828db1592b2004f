/** What lasts from `initialize` to `shutdown`: the client, its documents, and what answers about them. The handlers share it. */
import { CodeLensRefreshRequest, type Connection, type InitializeParams, type TextDocuments, type WorkspaceFolder } from "vscode-languageserver/node";
import type { Rule } from "../analysis/rule.js";
import type { Knowledge } from "../knowledge/knowledge.js";
import type { PythonParser } from "../syntax/parser.js";
import { Checker, type FilesOf, type VersionsOf } from "./checker.js";
import { clientCapabilitiesOf, readInitializationOptions, type ClientCapabilities } from "./clientCapabilities.js";
import { Configurations } from "./configurations.js";
import { Environments } from "./environments.js";
import { Machine } from "./machine.js";
import { NamedFileProblems } from "./namedFileProblems.js";
import { NamedFiles } from "./namedFiles.js";
import { PushDiagnostics } from "./pushDiagnostics.js";
import type { Log } from "./log.js";
import type { OpenDocument } from "./openDocument.js";
import { VERSIONS_CHANGED } from "./protocol/detectedVersions.js";

/** How long it has to be quiet before installed packages are looked at again: an installer works through them one by one. In milliseconds. */
const QUIET = 1_000;

export interface SessionParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<OpenDocument>;
  readonly rules: readonly Rule[];
  readonly knowledge: Knowledge;
  /** The folder in which the NVIDIA driver tells of the machine's GPUs. */
  readonly gpus: string;
  readonly parser: PythonParser;
  readonly log: Log;
}

export class Session {
  readonly client: ClientCapabilities;
  readonly connection: Connection;
  readonly documents: TextDocuments<OpenDocument>;
  readonly rules: readonly Rule[];
  readonly knowledge: Knowledge;
  readonly log: Log;
  readonly checker: Checker;
  readonly configurations: Configurations;
  readonly environments: Environments;
  readonly machine: Machine;
  readonly namedFiles: NamedFiles;
  readonly namedFileProblems: NamedFileProblems;
  /** Only for a client that doesn't pull. */
  readonly push: PushDiagnostics | undefined;
  private quiet: NodeJS.Timeout | undefined;

  constructor({ connection, documents, rules, knowledge, gpus, parser, log }: SessionParts, params: InitializeParams) {
    this.connection = connection;
    this.documents = documents;
    this.rules = rules;
    this.knowledge = knowledge;
    this.log = log;
    this.client = clientCapabilitiesOf(params);
    const versionsOf: VersionsOf = (document, config) => this.environments.resolved(document, config).versions;
    const filesOf: FilesOf = { key: (document) => this.namedFiles.key(document), of: (document, script) => this.namedFiles.of(document, script) };
    this.machine = new Machine(gpus);
    this.checker = new Checker(parser, { rules, knowledge }, this.machine, versionsOf, filesOf, log);
    this.configurations = new Configurations({
      connection,
      log,
      asksClient: this.client.answersConfiguration,
      settings: readInitializationOptions(params).settings,
      folders: foldersOf(params),
      ruleIds: rules.map((rule) => rule.id),
    });
    const { client, configurations } = this;
    this.environments = new Environments({ connection, client, configurations, log, onLate: () => this.checkAgain() });
    this.namedFiles = new NamedFiles({ connection, documents, client, configurations, log, scriptOf: (document) => this.checker.script(document), onChange: () => this.checkAgain() });
    this.namedFileProblems = new NamedFileProblems(connection, client);
    this.push = this.client.pullsDiagnostics ? undefined : new PushDiagnostics(this);
  }

  /** Settings, configuration files, folders, interpreter or versions have changed: every open document is looked at again. */
  refresh(): void {
    clearTimeout(this.quiet);
    this.configurations.readAgain();
    this.environments.lookAgain();
    this.namedFiles.lookAgain();
    this.checkAgain();
  }

  /** The same, once nobody has asked for it for a while. */
  refreshSoon(): void {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.refresh(), QUIET);
  }

  /** Every open document is looked at again, by what is known. */
  checkAgain(): void {
    if (this.client.tellsInterpreter) this.log.background("versions changed", this.connection.sendNotification(VERSIONS_CHANGED));
    if (this.client.refreshesCodeLenses) this.log.background("refresh of code lenses", this.connection.sendRequest(CodeLensRefreshRequest.type));
    if (this.client.refreshesInlayHints) this.log.background("refresh of inlay hints", this.connection.languages.inlayHint.refresh());
    if (this.push) this.push.scheduleAll();
    else if (this.client.refreshesDiagnostics) this.log.background("refresh", this.connection.languages.diagnostics.refresh());
  }

  dispose(): void {
    clearTimeout(this.quiet);
    this.namedFiles.dispose();
    this.push?.dispose();
    for (const document of this.documents.all()) this.checker.forget(document);
  }
}

function foldersOf({ workspaceFolders, rootUri }: Pick<InitializeParams, "workspaceFolders"> & { rootUri?: string | null }): WorkspaceFolder[] {
  return workspaceFolders ?? (rootUri ? [{ uri: rootUri, name: rootUri }] : []);
}
