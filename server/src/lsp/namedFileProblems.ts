/** Findings of scripts, shown in the files that the scripts name. Pushed to every client: nobody pulls for a file that isn't Python. */
import { pathToFileURL } from "node:url";
import type { Connection, Diagnostic } from "vscode-languageserver/node";
import type { Finding } from "../analysis/finding.js";
import { LineIndex } from "../syntax/text.js";
import type { ClientCapabilities } from "./clientCapabilities.js";
import { diagnosticInFile } from "./conversion.js";
import type { OpenDocument } from "./openDocument.js";

/** Path -> what one script has to say there. */
type ByPath = ReadonlyMap<string, readonly Diagnostic[]>;

export class NamedFileProblems {
  private readonly byScript = new Map<OpenDocument, ByPath>();
  /** What was sent for each path, to send only what is new. */
  private readonly sent = new Map<string, string>();

  constructor(
    private readonly connection: Pick<Connection, "sendDiagnostics">,
    private readonly client: ClientCapabilities,
  ) {}

  /** The findings of a script as it is now. */
  show(script: OpenDocument, findings: readonly Finding[]): void {
    const before = this.byScript.get(script);
    const now = this.diagnosticsOf(script, findings);
    if (now.size > 0) this.byScript.set(script, now);
    else this.byScript.delete(script);
    for (const path of new Set([...(before?.keys() ?? []), ...now.keys()])) this.send(path);
  }

  /** The script was closed. */
  forget(script: OpenDocument): void {
    this.show(script, []);
  }

  private diagnosticsOf(script: OpenDocument, findings: readonly Finding[]): ByPath {
    const byPath = new Map<string, Diagnostic[]>();
    for (const finding of findings) {
      for (const { file, range } of finding.related) {
        if (!file) continue;
        const diagnostic = diagnosticInFile(finding, range, { lines: new LineIndex(file.text), script, client: this.client });
        byPath.set(file.path, [...(byPath.get(file.path) ?? []), diagnostic]);
      }
    }
    return byPath;
  }

  private send(path: string): void {
    // Two scripts of one configuration may say the same of it.
    const distinct = new Map([...this.byScript.values()].flatMap((each) => each.get(path) ?? []).map((diagnostic) => [JSON.stringify([diagnostic.range, diagnostic.message]), diagnostic]));
    const diagnostics = [...distinct.values()];
    const text = JSON.stringify(diagnostics);
    if ((this.sent.get(path) ?? "[]") === text) return;
    this.sent.set(path, text);
    void this.connection.sendDiagnostics({ uri: pathToFileURL(path).href, diagnostics });
  }
}
