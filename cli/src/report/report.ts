/** What the formats are given. */
import type { Finding, Fix, RuleId, Severity } from "../../../server/src/analysis/finding.js";
import type { Rule } from "../../../server/src/analysis/rule.js";
import type { LineIndex } from "../../../server/src/syntax/text.js";

/** A file with its findings, in the order in which they are reported. */
export interface ReportedFile {
  /** Absolute, or as given with `--stdin-filename`. */
  readonly path: string;
  /** Relative to the working directory where that is above the file; for people. */
  readonly shown: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly findings: readonly Finding[];
}

export interface Report {
  /** Files with findings, by path. */
  readonly files: readonly ReportedFile[];
  readonly rules: readonly Rule[];
  /** The working directory. */
  readonly root: string;
}

/** By row and column, then rule; findings of one place in the order of their rules. */
export function inReportOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => a.range.start - b.range.start || compareText(a.rule, b.rule) || a.range.end - b.range.end);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The fix that a terminal can offer: the first safe one, else the first unsafe one. Placeholders and edits of other files need an editor. */
export function offeredFix(finding: Finding): Fix | undefined {
  return finding.fixes.find(({ safety }) => safety === "safe") ?? finding.fixes.find(({ safety, file }) => safety === "unsafe" && !file);
}

/** Whether a finding makes the exit code 1. */
export function isSerious(severity: Severity): boolean {
  return severity === "error" || severity === "warning";
}

/** Errors, warnings, ... of all files. */
export function countBySeverity(files: readonly ReportedFile[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { findings } of files) for (const { severity } of findings) counts[severity]++;
  return counts;
}

export interface RuleCount {
  readonly code: RuleId;
  readonly summary: string;
  readonly count: number;
  /** How many of them a safe fix repairs. */
  readonly fixable: number;
}

/** How often each rule spoke, the most frequent first. */
export function countByRule({ files, rules }: Report): RuleCount[] {
  const counts = new Map<RuleId, { count: number; fixable: number }>();
  for (const finding of files.flatMap((file) => file.findings)) {
    const count = counts.get(finding.rule) ?? { count: 0, fixable: 0 };
    count.count++;
    if (offeredFix(finding)?.safety === "safe") count.fixable++;
    counts.set(finding.rule, count);
  }
  return [...counts]
    .map(([code, count]) => ({ code, summary: rules.find((rule) => rule.id === code)?.docs.summary ?? "", ...count }))
    .sort((a, b) => b.count - a.count || compareText(a.code, b.code));
}
