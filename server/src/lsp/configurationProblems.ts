/** What is wrong in configuration files, shown in them. Pushed to every client: nobody pulls for a file that isn't Python. */
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { DiagnosticSeverity, type Connection, type Diagnostic } from "vscode-languageserver/node";
import type { RuleId } from "../analysis/finding.js";
import { configurationFiles, readConfiguration, type FoundConfiguration, type ReadText } from "../config/findConfiguration.js";
import { LineIndex } from "../syntax/text.js";
import { rangeOf, SOURCE } from "./conversion.js";

export class ConfigurationProblems {
  /** The files that have diagnostics now. */
  private readonly shown = new Set<string>();

  constructor(
    private readonly connection: Pick<Connection, "sendDiagnostics">,
    private readonly readText: ReadText,
    private readonly ruleIds: readonly RuleId[],
  ) {}

  show({ path, text, problems }: Pick<FoundConfiguration, "path" | "text" | "problems">): void {
    if (problems.length === 0 && !this.shown.delete(path)) return;
    if (problems.length > 0) this.shown.add(path);
    const lines = new LineIndex(text);
    const diagnostics = problems.map(
      ({ message, range }): Diagnostic => ({ range: rangeOf(lines, range), severity: DiagnosticSeverity.Error, source: SOURCE, code: "configuration", message }),
    );
    void this.connection.sendDiagnostics({ uri: pathToFileURL(path).href, diagnostics });
  }

  /** Reads the files with problems again, whether or not a document needs them: a mistake that is gone must not stay underlined. */
  async lookAgain(): Promise<void> {
    for (const path of [...this.shown]) {
      const text = await this.readText(path);
      const kind = configurationFiles.find((name) => name === basename(path));
      const found = text === undefined || !kind ? undefined : await readConfiguration(path, text, kind, this.ruleIds);
      this.show(found ?? { path, text: "", problems: [] });
    }
  }
}
