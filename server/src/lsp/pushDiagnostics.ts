/** Diagnostics for clients that don't pull: sent a moment after the last edit, with the version they are for. */
import type { Connection, Diagnostic } from "vscode-languageserver/node";
import type { OpenDocument } from "./document.js";

/** Long enough that a word typed in one go is one check, short enough not to be noticed. In milliseconds. */
const PAUSE = 160;

export class PushDiagnostics {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly connection: Connection,
    private readonly diagnosticsOf: (document: OpenDocument) => Promise<Diagnostic[]>,
    private readonly current: (uri: string) => OpenDocument | undefined,
  ) {}

  schedule(document: OpenDocument, pause = PAUSE): void {
    clearTimeout(this.timers.get(document.uri));
    this.timers.set(
      document.uri,
      setTimeout(() => void this.send(document.uri), pause),
    );
  }

  close(uri: string): void {
    clearTimeout(this.timers.get(uri));
    this.timers.delete(uri);
    void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private async send(uri: string): Promise<void> {
    const document = this.current(uri);
    if (!document) return;
    const { version } = document;
    const diagnostics = await this.diagnosticsOf(document);
    // A newer edit has a timer of its own.
    if (this.current(uri)?.version === version) await this.connection.sendDiagnostics({ uri, version, diagnostics });
  }
}
