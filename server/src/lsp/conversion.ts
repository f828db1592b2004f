/** Findings as the protocol's diagnostics and back. Positions are converted by offset, in UTF-16, never by the tree's rows. */
import * as z from "zod";
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type Range } from "vscode-languageserver/node";
import type { Finding, FindingTag, Severity } from "../analysis/finding.js";
import { rulePage } from "../features/rulePage.js";
import type { LineIndex, Span } from "../syntax/text.js";
import type { ClientCapabilities } from "./clientCapabilities.js";
import type { OpenDocument } from "./openDocument.js";

export const SOURCE = "hf-preflight";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS: Readonly<Record<FindingTag, DiagnosticTag>> = { deprecated: DiagnosticTag.Deprecated, unnecessary: DiagnosticTag.Unnecessary };

/** What a diagnostic carries for its code actions. Clients hand it back as they got it, but they are not to be trusted with it. */
const diagnosticData = z.object({
  format: z.literal(1),
  version: z.number(),
  fixes: z.array(
    z.object({
      title: z.string(),
      safety: z.enum(["safe", "unsafe", "placeholder"]),
      edits: z.array(z.object({ start: z.number().int().nonnegative(), end: z.number().int().nonnegative(), newText: z.string() })),
    }),
  ),
});

export type DiagnosticData = z.output<typeof diagnosticData>;

export function readDiagnosticData(data: unknown): DiagnosticData | undefined {
  const result = diagnosticData.safeParse(data);
  return result.success ? result.data : undefined;
}

export function rangeOf(lines: LineIndex, span: Span): Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}

export function spanOf(lines: LineIndex, range: Range): Span {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
}

export function diagnosticOf(finding: Finding, document: OpenDocument, client: ClientCapabilities): Diagnostic {
  const { lines, uri } = document;
  const data: DiagnosticData = {
    format: 1,
    version: document.version,
    fixes: finding.fixes.map(({ title, safety, edits }) => ({ title, safety, edits: edits.map(({ start, end, newText }) => ({ start, end, newText })) })),
  };
  return {
    range: rangeOf(lines, finding.range),
    severity: SEVERITIES[finding.severity],
    source: SOURCE,
    code: finding.rule,
    codeDescription: { href: rulePage(finding.rule) },
    message: finding.message,
    data,
    ...(finding.tags.length > 0 ? { tags: finding.tags.map((tag) => TAGS[tag]) } : {}),
    ...(client.relatedInformation && finding.related.length > 0
      ? { relatedInformation: finding.related.map(({ message, range }) => ({ message, location: { uri, range: rangeOf(lines, range) } })) }
      : {}),
  };
}
