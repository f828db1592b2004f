/** `--output-format sarif`: SARIF 2.1.0, with what GitHub code scanning shows. */
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import type { Finding, Fix, RelatedPlace, Severity } from "../../../server/src/analysis/finding.js";
import type { Rule } from "../../../server/src/analysis/rule.js";
import { rulePage } from "../../../server/src/features/rulePage.js";
import { BYTE_ORDER_MARK, LineIndex, type Span } from "../../../server/src/syntax/text.js";
import { compareText, type Report, type ReportedFile } from "./report.js";
import { shownPath } from "./shownPath.js";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "note", hint: "note" };
const problemSeverities: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "recommendation", hint: "recommendation" };

export function sarifReport(report: Report, toolVersion: string): string {
  const rules = [...report.rules].sort((a, b) => compareText(a.id, b.id));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "HF Preflight",
            informationUri: "https://github.com/hf-preflight/hf-preflight",
            version: toolVersion,
            rules: rules.map(reportingDescriptor),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { uri: `${pathToFileURL(report.root).href.replace(/\/$/, "")}/` } },
        results: report.files.flatMap((file) => resultsOf(file, report, rules)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function reportingDescriptor(rule: Rule): object {
  const { id, severity, docs } = rule;
  const markdown = `${docs.why}\n\n[Documentation](${rulePage(id)})`;
  return {
    id,
    name: id.slice(id.indexOf("/") + 1).replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: docs.summary },
    fullDescription: { text: docs.why },
    help: { text: docs.why, markdown },
    helpUri: rulePage(id),
    defaultConfiguration: { level: levels[severity] },
    properties: { "problem.severity": problemSeverities[severity], precision: "high", tags: ["correctness", id.slice(0, id.indexOf("/"))] },
  };
}

function resultsOf(file: ReportedFile, report: Report, rules: readonly Rule[]): object[] {
  const artifactLocation = artifactLocationOf(file, report.root);
  const occurrences = new Map<string, number>();
  return file.findings.map((finding) => {
    const fixes = finding.fixes.filter(({ safety, file: other }) => safety !== "placeholder" && !other);
    const ruleIndex = rules.findIndex(({ id }) => id === finding.rule);
    return {
      ruleId: finding.rule,
      ...(ruleIndex >= 0 && { ruleIndex }),
      level: levels[finding.severity],
      message: { text: finding.message },
      locations: [{ physicalLocation: { artifactLocation, region: regionOf(file, finding.range) } }],
      ...(finding.related.length > 0 && { relatedLocations: finding.related.map((place) => relatedLocation(file, place, { artifactLocation, root: report.root })) }),
      ...(fixes.length > 0 && { fixes: fixes.map((fix) => sarifFix(file, fix, artifactLocation)) }),
      partialFingerprints: { primaryLocationLineHash: fingerprint(file, finding, occurrences) },
    };
  });
}

function relatedLocation(file: ReportedFile, { message, range, file: other }: RelatedPlace, { artifactLocation, root }: { readonly artifactLocation: object; readonly root: string }): object {
  const physicalLocation = other
    ? { artifactLocation: artifactLocationOf({ path: other.path, shown: shownPath(other.path, root) }, root), region: regionOf({ text: other.text, lines: new LineIndex(other.text) }, range) }
    : { artifactLocation, region: regionOf(file, range) };
  return { physicalLocation, message: { text: message } };
}

function sarifFix(file: ReportedFile, { title, edits }: Fix, artifactLocation: object): object {
  const replacements = edits.map((edit) => ({ deletedRegion: regionOf(file, edit), insertedContent: { text: edit.newText } }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation, replacements }] };
}

/** Lines and columns from 1, in UTF-16 code units; a byte order mark is no column. */
function regionOf({ lines, text }: Pick<ReportedFile, "lines" | "text">, span: Span): object {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const column = ({ line, character }: { line: number; character: number }): number => character + 1 - (line === 0 ? Math.min(mark, character) : 0);
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  return { startLine: start.line + 1, startColumn: column(start), endLine: end.line + 1, endColumn: column(end) };
}

function artifactLocationOf({ path, shown }: Pick<ReportedFile, "path" | "shown">, root: string): object {
  // Below the working directory the path is relative, so that results of two machines compare.
  const isBelow = shown !== path || !/^([A-Za-z]:)?[\\/]/.test(path);
  if (!isBelow) return { uri: pathToFileURL(path).href };
  const base = `${pathToFileURL(root).href.replace(/\/$/, "")}/`;
  const uri = pathToFileURL(`${root}/${shown}`).href;
  return uri.startsWith(base) ? { uri: uri.slice(base.length), uriBaseId: "%SRCROOT%" } : { uri };
}

/** The same for a finding whose line has only moved: a hash of the rule and the line's text, and which of such lines it is. */
function fingerprint({ lines, text }: ReportedFile, { rule, range }: Finding, occurrences: Map<string, number>): string {
  const line = lines.lineOf(range.start);
  const content = text.slice(lines.lineStart(line), lines.lineEnd(line)).trim();
  const hash = createHash("sha256").update(`${rule}\n${content}`).digest("hex").slice(0, 16);
  const occurrence = (occurrences.get(hash) ?? 0) + 1;
  occurrences.set(hash, occurrence);
  return `${hash}:${occurrence}`;
}
