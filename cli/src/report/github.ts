/** `--output-format github`: workflow commands that GitHub shows as annotations on the changed lines. */
import type { Finding, RelatedPlace, Severity } from "../../../server/src/analysis/finding.js";
import { LineIndex } from "../../../server/src/syntax/text.js";
import type { Report, ReportedFile } from "./report.js";
import { shownPath } from "./shownPath.js";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "notice", hint: "notice" };

export function githubReport({ files, root }: Report): string {
  return files.flatMap((file) => file.findings.map((finding) => annotation(file, finding, root))).join("");
}

function annotation(file: ReportedFile, { rule, severity, message, range, related }: Finding, root: string): string {
  const start = file.lines.rowColumn(range.start);
  const end = file.lines.rowColumn(range.end);
  // GitHub refuses columns for what spans several lines.
  const columns = start.row === end.row ? `,col=${start.column},endColumn=${end.column}` : "";
  const place = `file=${property(file.shown.replace(/\\/g, "/"))},line=${start.row},endLine=${end.row}${columns}`;
  return `::${commands[severity]} title=${property(`HF Preflight (${rule})`)},${place}::${escaped([message, ...related.flatMap((place) => otherFile(place, root))].join("\n"))}\n`;
}

/** An annotation has one place; the one in a file that the script names is a line of its text. */
function otherFile({ message, range, file }: RelatedPlace, root: string): string[] {
  if (!file) return [];
  const { row, column } = new LineIndex(file.text).rowColumn(range.start);
  return [`${shownPath(file.path, root).replace(/\\/g, "/")}:${row}:${column}: ${message}`];
}

function escaped(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return escaped(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
