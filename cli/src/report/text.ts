/** `--output-format full` and `concise`, and the lines around them: for people. */
import { LineIndex } from "../../../server/src/syntax/text.js";
import type { Finding, RelatedPlace } from "../../../server/src/analysis/finding.js";
import { rulePage } from "../../../server/src/features/rulePage.js";
import { displayable } from "../terminal/display.js";
import type { Paint } from "../terminal/style.js";
import { excerptOf, excerptOfOther } from "./excerpt.js";
import { countByRule, countBySeverity, offeredFix, type Report, type ReportedFile } from "./report.js";
import { severityColours } from "./severityColours.js";
import { shownPath } from "./shownPath.js";

export function fullReport({ files, root }: Report, paint: Paint): string {
  return files.flatMap((file) => file.findings.map((finding) => fullFinding(file, finding, root, paint))).join("");
}

function fullFinding(file: ReportedFile, finding: Finding, root: string, paint: Paint): string {
  const { row, column } = file.lines.rowColumn(finding.range.start);
  const excerpt = excerptOf(file, finding, paint);
  const margin = " ".repeat(excerpt.gutter);
  const notes = finding.fixes
    .filter(({ safety, file: other }) => safety !== "placeholder" && !other)
    .map(({ title, safety }) => `${paint("help:", "bold")} ${safety === "safe" ? `${paint("[*]", "cyan")} ${displayable(title)}` : `${displayable(title)} ${paint("(unsafe)", "dim")}`}`);
  notes.push(`${paint("docs:", "bold")} ${paint(rulePage(finding.rule), "dim")}`);
  const colour = severityColours[finding.severity];
  return `${[
    `${paint(finding.severity, "bold", colour)}${paint(`[${finding.rule}]`, colour)}${paint(`: ${displayable(finding.message)}`, "bold")}`,
    `${margin}${paint("-->", "blue")} ${displayable(file.shown)}:${row}:${column}`,
    ...excerpt.lines,
    ...finding.related.flatMap((place) => otherFile(place, root, paint)),
    ...notes.map((note) => `${margin} ${paint("=", "blue")} ${note}`),
  ].join("\n")}\n\n`;
}

/** The place of a finding in a file that the script names, the way rustc shows a second file. */
function otherFile(place: RelatedPlace, root: string, paint: Paint): string[] {
  if (!place.file) return [];
  const { path, text } = place.file;
  const lines = new LineIndex(text);
  const { row, column } = lines.rowColumn(place.range.start);
  const excerpt = excerptOfOther({ text, lines }, place, paint);
  return [`${" ".repeat(excerpt.gutter)}${paint(":::", "blue")} ${displayable(shownPath(path, root))}:${row}:${column}`, ...excerpt.lines];
}

export function conciseReport({ files }: Report, paint: Paint): string {
  return files.flatMap((file) => file.findings.map((finding) => conciseFinding(file, finding, paint))).join("");
}

function conciseFinding(file: ReportedFile, finding: Finding, paint: Paint): string {
  const { row, column } = file.lines.rowColumn(finding.range.start);
  const place = `${paint(displayable(file.shown), "bold")}:${row}:${column}:`;
  const mark = offeredFix(finding)?.safety === "safe" ? ` ${paint("[*]", "cyan")}` : "";
  return `${place} ${paint(`${finding.severity}[${finding.rule}]`, severityColours[finding.severity])}${mark} ${displayable(finding.message)}\n`;
}

export function textStatistics(report: Report, paint: Paint): string {
  const counts = countByRule(report);
  const countWidth = Math.max(0, ...counts.map(({ count }) => String(count).length));
  const codeWidth = Math.max(0, ...counts.map(({ code }) => code.length));
  const line = ({ code, count, fixable, summary }: (typeof counts)[number]): string => {
    const mark = fixable === 0 ? "[ ]" : fixable < count ? paint("[-]", "cyan") : paint("[*]", "cyan");
    return `${paint(String(count).padStart(countWidth), "bold")}  ${code.padEnd(codeWidth)}  ${mark} ${summary}\n`;
  };
  return counts.map(line).join("");
}

export interface Summary {
  /** Files that were looked at. */
  readonly checked: number;
  readonly showsUnsafe: boolean;
}

/** The last lines: how many findings there are, and how many of them go away by themselves. */
export function summaryOf({ files }: Report, { checked, showsUnsafe }: Summary, paint: Paint): string {
  const counts = countBySeverity(files);
  const total = counts.error + counts.warning + counts.information + counts.hint;
  if (total === 0) return `${paint("No findings", "green", "bold")} in ${counted(checked, "file")}.\n`;
  const parts = [
    counts.error > 0 && paint(counted(counts.error, "error"), "red", "bold"),
    counts.warning > 0 && paint(counted(counts.warning, "warning"), "yellow", "bold"),
    counts.information > 0 && paint(`${counts.information} information`, "magenta", "bold"),
    counts.hint > 0 && paint(counted(counts.hint, "hint"), "cyan", "bold"),
  ].filter((part) => part !== false);
  const where = checked === 1 ? "" : ` in ${files.length} of ${checked} files`;
  return `Found ${counted(total, "finding")} (${parts.join(", ")})${where}.\n${fixable(files, showsUnsafe, paint)}`;
}

function fixable(files: readonly ReportedFile[], showsUnsafe: boolean, paint: Paint): string {
  const offered = files.flatMap((file) => file.findings.map((finding) => offeredFix(finding)?.safety));
  const safe = offered.filter((safety) => safety === "safe").length;
  const unsafe = offered.filter((safety) => safety === "unsafe").length;
  const mark = paint("[*]", "cyan");
  if (showsUnsafe && unsafe > 0) return `${mark} ${safe + unsafe} fixable with --fix --unsafe-fixes.\n`;
  if (safe > 0) return `${mark} ${safe} fixable with --fix${unsafe > 0 ? ` (${unsafe} more with --fix --unsafe-fixes)` : ""}.\n`;
  return unsafe > 0 ? `${unsafe} fixable with --fix --unsafe-fixes.\n` : "";
}

/** `1 file`, `2 files`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
