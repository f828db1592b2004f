/** What lasts from `initialize` to `shutdown`: the client, its documents, and what answers about them. The handlers share it. */
import type { Connection, InitializeParams, TextDocuments, WorkspaceFolder } from "vscode-languageserver/node";
import type { Rule } from "../analysis/rule.js";
import type { Knowledge } from "../knowledge/knowledge.js";
import type { PythonParser } from "../syntax/parser.js";
import { Checker } from "./checker.js";
import { clientCapabilitiesOf, readInitializationOptions, type ClientCapabilities } from "./clientCapabilities.js";
import { Configurations } from "./configurations.js";
import { PushDiagnostics } from "./pushDiagnostics.js";
import type { Log } from "./log.js";
import type { OpenDocument } from "./openDocument.js";

export interface SessionParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<OpenDocument>;
  readonly rules: readonly Rule[];
  readonly knowledge: Knowledge;
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
  /** Only for a client that doesn't pull. */
  readonly push: PushDiagnostics | undefined;

  constructor({ connection, documents, rules, knowledge, parser, log }: SessionParts, params: InitializeParams) {
    this.connection = connection;
    this.documents = documents;
    this.rules = rules;
    this.knowledge = knowledge;
    this.log = log;
    this.client = clientCapabilitiesOf(params);
    this.checker = new Checker(parser, { rules, knowledge }, log);
    this.configurations = new Configurations({
      connection,
      log,
      asksClient: this.client.answersConfiguration,
      settings: readInitializationOptions(params).settings,
      folders: foldersOf(params),
      ruleIds: rules.map((rule) => rule.id),
    });
    this.push = this.client.pullsDiagnostics ? undefined : new PushDiagnostics(this);
  }

  /** Settings, configuration files or folders have changed: every open document is looked at again. */
  refresh(): void {
    this.configurations.readAgain();
    if (this.client.refreshesInlayHints) this.log.background("refresh of inlay hints", this.connection.languages.inlayHint.refresh());
    if (this.push) this.push.scheduleAll();
    else if (this.client.refreshesDiagnostics) this.log.background("refresh", this.connection.languages.diagnostics.refresh());
  }

  dispose(): void {
    this.push?.dispose();
    for (const document of this.documents.all()) this.checker.forget(document);
  }
}

function foldersOf({ workspaceFolders, rootUri }: Pick<InitializeParams, "workspaceFolders"> & { rootUri?: string | null }): WorkspaceFolder[] {
  return workspaceFolders ?? (rootUri ? [{ uri: rootUri, name: rootUri }] : []);
}
