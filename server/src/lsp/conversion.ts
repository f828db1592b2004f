/** Findings as the protocol's diagnostics and back. Positions are converted by offset, in UTF-16, never by the tree's rows. */
import * as z from "zod";
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type DiagnosticRelatedInformation, type Range } from "vscode-languageserver/node";
import type { Finding, FindingTag, RelatedPlace, Severity } from "../analysis/finding.js";
import { pathToFileURL } from "node:url";
import { rulePage } from "../features/rulePage.js";
import { LineIndex, type Span } from "../syntax/text.js";
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
  /** Some fixes are of another file, whose text has a life of its own: all are worked out when they are asked for. */
  isElsewhere: z.boolean().optional(),
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
    ...(finding.fixes.some(({ file }) => file) && { isElsewhere: true }),
    fixes: finding.fixes.filter(({ file }) => !file).map(({ title, safety, edits }) => ({ title, safety, edits: edits.map(({ start, end, newText }) => ({ start, end, newText })) })),
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
      ? { relatedInformation: finding.related.map((place) => relatedInformation(place, { uri, lines })) }
      : {}),
  };
}

function relatedInformation({ message, range, file }: RelatedPlace, script: { readonly uri: string; readonly lines: LineIndex }): DiagnosticRelatedInformation {
  const location = file ? { uri: pathToFileURL(file.path).href, range: rangeOf(new LineIndex(file.text), range) } : { uri: script.uri, range: rangeOf(script.lines, range) };
  return { message, location };
}

/** A finding of a script at its place in a file that the script names. Fixes belong to the script's own diagnostic. */
export function diagnosticInFile(
  { rule, severity, message, range: inScript }: Finding,
  range: Span,
  { lines, script, client }: { readonly lines: LineIndex; readonly script: OpenDocument; readonly client: ClientCapabilities },
): Diagnostic {
  return {
    range: rangeOf(lines, range),
    severity: SEVERITIES[severity],
    source: SOURCE,
    code: rule,
    codeDescription: { href: rulePage(rule) },
    message,
    ...(client.relatedInformation ? { relatedInformation: [{ message: "the script that reads it", location: { uri: script.uri, range: rangeOf(script.lines, inScript) } }] } : {}),
  };
}
