/** Diagnostics for clients that don't pull: sent a moment after the last edit, with the version they are for. */
import { diagnosticOf } from "./conversion.js";
import type { OpenDocument } from "./openDocument.js";
import type { Session } from "./session.js";

/** Long enough that a word typed in one go is one check, short enough not to be noticed. In milliseconds. */
const PAUSE = 160;

export class PushDiagnostics {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly session: Session) {}

  /** After an edit: the latest one counts. */
  schedule({ uri }: OpenDocument, pause = PAUSE): void {
    clearTimeout(this.timers.get(uri));
    this.timers.set(
      uri,
      setTimeout(() => {
        this.timers.delete(uri);
        this.session.log.background("push diagnostics", this.send(uri));
      }, pause),
    );
  }

  scheduleAll(): void {
    const { documents, namedFiles } = this.session;
    for (const document of documents.all()) if (!namedFiles.isNamed(document)) this.schedule(document, 0);
  }

  close({ uri }: OpenDocument): void {
    clearTimeout(this.timers.get(uri));
    this.timers.delete(uri);
    this.session.log.background("clear diagnostics", this.session.connection.sendDiagnostics({ uri, diagnostics: [] }));
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private async send(uri: string): Promise<void> {
    const { checker, client, configurations, connection, documents, environments, namedFiles, namedFileProblems } = this.session;
    const config = await configurations.of(uri);
    const opened = documents.get(uri);
    if (opened && config && checker.isChecked(opened)) await Promise.all([environments.ready(opened), namedFiles.ready(opened)]);
    const document = documents.get(uri);
    // Edited while configuration and versions were read: that edit has a timer of its own. Closed: nothing is to be said any more.
    if (!document || this.timers.has(uri)) return;
    const findings = checker.findings(document, config);
    namedFileProblems.show(document, findings);
    const diagnostics = findings.map((finding) => diagnosticOf(finding, document, client));
    await connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  }
}
