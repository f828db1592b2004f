/** The lines of the source that a finding is about, with carets under its range and dashes under the places related to it. */
import type { Finding, RelatedPlace } from "../../../server/src/analysis/finding.js";
import { BYTE_ORDER_MARK, type Span } from "../../../server/src/syntax/text.js";
import { displayable, displayWidth } from "../terminal/display.js";
import type { Colour, Paint } from "../terminal/style.js";
import type { ReportedFile } from "./report.js";
import { severityColours } from "./severityColours.js";

/** Lines shown before and after the range. */
const CONTEXT = 1;
/** A range of more lines than this is shown by its first and its last ones. */
const MOST_LINES = 6;
/** Columns of source shown of a long line. */
const MOST_COLUMNS = 140;

/** A text whose lines are shown. */
export type ExcerptSource = Pick<ReportedFile, "text" | "lines">;

interface Mark {
  readonly span: Span;
  readonly sign: "^" | "-";
  readonly label: string;
}

export interface Excerpt {
  /** Width of the column of line numbers. */
  readonly gutter: number;
  readonly lines: readonly string[];
}

export function excerptOf(file: ExcerptSource, finding: Finding, paint: Paint): Excerpt {
  const marks: Mark[] = [
    { span: finding.range, sign: "^", label: "" },
    ...finding.related.filter(({ file: other }) => !other).map(({ message, range }): Mark => ({ span: range, sign: "-", label: message })),
  ];
  return drawn(file, marks, severityColours[finding.severity], paint);
}

/** The lines of another file that a finding is about too. */
export function excerptOfOther(file: ExcerptSource, { message, range }: RelatedPlace, paint: Paint): Excerpt {
  return drawn(file, [{ span: range, sign: "-", label: message }], "blue", paint);
}

function drawn(file: ExcerptSource, marks: readonly Mark[], colour: Colour, paint: Paint): Excerpt {
  const { lines } = file;
  const shown = shownLines(file, marks);
  const gutter = String((shown.at(-1) ?? 0) + 1).length;
  const bar = paint("|", "blue");
  const output = [`${" ".repeat(gutter)} ${bar}`];
  shown.forEach((line, index) => {
    if (index > 0 && line !== (shown[index - 1] ?? 0) + 1) output.push(paint(".".repeat(Math.max(3, gutter)), "blue"));
    const here = marks.filter(({ span }) => lines.lineOf(span.start) <= line && line <= lastLine(file, span));
    const window = windowOf(file, line, here);
    output.push(`${paint(String(line + 1).padStart(gutter), "blue")} ${bar} ${window.text}`.trimEnd());
    for (const mark of here) {
      const drawing = underline(file, line, mark, window);
      if (drawing === undefined) continue;
      const label = mark.label !== "" && line === lastLine(file, mark.span) ? ` ${displayable(mark.label)}` : "";
      output.push(`${" ".repeat(gutter)} ${bar} ${drawing.indent}${paint(drawing.marks + label, mark.sign === "^" ? colour : "blue")}`);
    }
  });
  output.push(`${" ".repeat(gutter)} ${bar}`);
  return { gutter, lines: output };
}

/** A range that ends at the very beginning of a line doesn't reach into it. */
function lastLine({ lines }: ExcerptSource, { start, end }: Span): number {
  const line = lines.lineOf(end);
  return end > start && end === lines.lineStart(line) ? line - 1 : line;
}

function shownLines(file: ExcerptSource, marks: readonly Mark[]): number[] {
  const shown = new Set<number>();
  marks.forEach(({ span, sign }) => {
    const first = file.lines.lineOf(span.start);
    const last = lastLine(file, span);
    for (let line = first; line <= last; line++) {
      if (last - first < MOST_LINES || line < first + MOST_LINES / 2 || line > last - MOST_LINES / 2) shown.add(line);
    }
    if (sign !== "^") return;
    for (let distance = 1; distance <= CONTEXT; distance++) {
      if (first - distance >= 0 && !isBlank(file, first - distance)) shown.add(first - distance);
      if (last + distance < file.lines.lineCount && !isBlank(file, last + distance)) shown.add(last + distance);
    }
  });
  const sorted = [...shown].sort((a, b) => a - b);
  // A gap of one line is the line itself.
  return sorted.flatMap((line, index) => (index > 0 && line === (sorted[index - 1] ?? 0) + 2 ? [line - 1, line] : [line]));
}

function isBlank(file: ExcerptSource, line: number): boolean {
  return textOf(file, line).trim() === "";
}

function textOf({ lines, text }: ExcerptSource, line: number): string {
  return text.slice(lines.lineStart(line), lines.lineEnd(line));
}

interface Window {
  /** The visible part, displayable, with an ellipsis where it is cut. */
  readonly text: string;
  /** Offsets of the visible part in the file's text. */
  readonly start: number;
  readonly end: number;
  readonly lead: string;
}

function windowOf(file: ExcerptSource, line: number, marks: readonly Mark[]): Window {
  const lineStart = file.lines.lineStart(line) + (line === 0 && file.text.startsWith(BYTE_ORDER_MARK) ? 1 : 0);
  const lineEnd = file.lines.lineEnd(line);
  if (lineEnd - lineStart <= MOST_COLUMNS) return { text: displayable(file.text.slice(lineStart, lineEnd)), start: lineStart, end: lineEnd, lead: "" };
  const wanted = Math.max(lineStart, (marks[0]?.span.start ?? lineStart) - 40);
  let start = wanted - lineStart < 40 ? lineStart : wanted;
  let end = Math.min(lineEnd, start + MOST_COLUMNS);
  // Not through the middle of a character.
  if (isLowSurrogate(file.text, start)) start++;
  if (isLowSurrogate(file.text, end)) end++;
  const lead = start > lineStart ? "…" : "";
  return { text: `${lead}${displayable(file.text.slice(start, end))}${end < lineEnd ? "…" : ""}`, start, end, lead };
}

function isLowSurrogate(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function underline(file: ExcerptSource, line: number, { span, sign }: Mark, window: Window): { indent: string; marks: string } | undefined {
  const text = textOf(file, line);
  const indentation = file.lines.lineStart(line) + (text.length - text.trimStart().length);
  const start = Math.max(span.start, line === file.lines.lineOf(span.start) ? span.start : indentation, window.start);
  const end = Math.min(span.end, file.lines.lineStart(line) + text.trimEnd().length, window.end);
  if (start > window.end || (start >= end && span.end > span.start)) return undefined;
  const before = displayable(window.lead + file.text.slice(window.start, start));
  const width = displayWidth(displayable(file.text.slice(start, Math.max(start, end))));
  return { indent: " ".repeat(displayWidth(before)), marks: sign.repeat(Math.max(1, width)) };
}
