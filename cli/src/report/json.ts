/** `--output-format json`: an array, with ruff's names for what both have. Rows and columns from 1, in Unicode characters. */
import { rulePage } from "../../../server/src/features/rulePage.js";
import type { Finding, Fix, RelatedPlace } from "../../../server/src/analysis/finding.js";
import { LineIndex } from "../../../server/src/syntax/text.js";
import { countByRule, offeredFix, type Report, type ReportedFile } from "./report.js";

interface Location {
  readonly row: number;
  readonly column: number;
}

interface JsonFix {
  readonly applicability: "safe" | "unsafe";
  readonly message: string;
  readonly edits: readonly { readonly content: string; readonly location: Location; readonly end_location: Location }[];
}

/** The place of a finding in another file: what a script names is checked with it. */
interface JsonPlace {
  readonly message: string;
  readonly filename: string;
  readonly location: Location;
  readonly end_location: Location;
}

export interface JsonFinding {
  readonly code: string;
  readonly message: string;
  readonly severity: string;
  readonly filename: string;
  readonly location: Location;
  readonly end_location: Location;
  readonly url: string;
  readonly fix: JsonFix | null;
  /** Only where there are some. */
  readonly elsewhere?: readonly JsonPlace[];
}

export function jsonReport(report: Report): string {
  const findings = report.files.flatMap((file) => file.findings.map((finding) => jsonFinding(file, finding)));
  return `${JSON.stringify(findings, undefined, 2)}\n`;
}

export function jsonStatistics(report: Report): string {
  return `${JSON.stringify(countByRule(report), undefined, 2)}\n`;
}

function jsonFinding(file: ReportedFile, finding: Finding): JsonFinding {
  const fix = offeredFix(finding);
  const elsewhere = finding.related.flatMap(placeElsewhere);
  return {
    code: finding.rule,
    message: finding.message,
    severity: finding.severity,
    filename: file.path,
    location: file.lines.rowColumn(finding.range.start),
    end_location: file.lines.rowColumn(finding.range.end),
    url: rulePage(finding.rule),
    fix: fix ? jsonFix(file, fix) : null,
    ...(elsewhere.length > 0 && { elsewhere }),
  };
}

function placeElsewhere({ message, range, file }: RelatedPlace): JsonPlace[] {
  if (!file) return [];
  const lines = new LineIndex(file.text);
  return [{ message, filename: file.path, location: lines.rowColumn(range.start), end_location: lines.rowColumn(range.end) }];
}

function jsonFix({ lines }: ReportedFile, { title, safety, edits }: Fix): JsonFix {
  return {
    applicability: safety === "safe" ? "safe" : "unsafe",
    message: title,
    edits: edits.map(({ start, end, newText }) => ({ content: newText, location: lines.rowColumn(start), end_location: lines.rowColumn(end) })),
  };
}
