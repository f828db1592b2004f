/** Runs the rules over one script. One pure, synchronous function: the editor, the terminal and the check before a launch all call it. */
import type { Configuration } from "../config/configuration.js";
import { nothingKnown, type Hardware } from "../environment/gpus/hardware.js";
import type { Versions } from "../environment/versions.js";
import { Knowledge } from "../knowledge/knowledge.js";
import type { Script } from "../script/script.js";
import { enabledRules } from "./enabledRules.js";
import type { Finding, RuleId, Severity } from "./finding.js";
import { Gates } from "./gates.js";
import { fillMessage } from "./message.js";
import type { Report, Rule, RuleContext } from "./rule.js";
import type { ScriptFiles } from "./scriptFile.js";
import { applySuppressions } from "./suppression.js";

export interface Analysis {
  readonly script: Script;
  readonly rules: readonly Rule[];
  readonly versions: Versions;
  readonly config: Configuration;
  /** Absent: nothing is known, and the rules on the libraries' data are silent. */
  readonly knowledge?: Knowledge;
  /** The files that the script names (rules/namedFiles.ts), by the path as written, as far as the caller has looked for them beforehand. */
  readonly files?: ScriptFiles;
  /** The machine that checks, as far as the caller has looked at it beforehand. */
  readonly hardware?: Hardware;
  /** Asked between rules; a cancelled analysis returns what it has, and the caller throws it away. */
  readonly isCancelled?: () => boolean;
  /** A rule that throws costs only itself; this is where its failure is told. */
  readonly onRuleFailure?: (rule: RuleId, error: unknown) => void;
}

/** The findings of all enabled rules, suppressions applied, sorted by place and rule. */
export function analyze(analysis: Analysis): Finding[] {
  const { script, rules, config } = analysis;
  const findings: Finding[] = [];
  const asked = questionsOf(analysis);
  for (const rule of Gates.of(rules).open(script, enabledRules(rules, config))) {
    if (analysis.isCancelled?.()) break;
    const own: Finding[] = [];
    try {
      rule.check(contextFor(rule, asked, analysis, own));
    } catch (error) {
      analysis.onRuleFailure?.(rule.id, error);
      continue;
    }
    findings.push(...own);
  }
  return applySuppressions(findings, analysis).sort(byPlace);
}

/** What every rule asks of one script. */
type Questions = Omit<RuleContext<string>, "report">;

function questionsOf(analysis: Analysis): Questions {
  const { script, config } = analysis;
  return {
    script,
    config,
    knowledge: analysis.knowledge ?? Knowledge.none,
    files: analysis.files ?? new Map(),
    hardware: analysis.hardware ?? nothingKnown,
    versionsAt: (offset) => script.flow.versionsAt(offset, analysis.versions),
    versionsAtNode: (node) => script.flow.versionsAtNode(node, analysis.versions),
  };
}

function contextFor(rule: Rule, asked: Questions, analysis: Analysis, findings: Finding[]): RuleContext<string> {
  return {
    ...asked,
    report(report) {
      const finding = findingOf(rule, report, asked.versionsAt(report.at.start), analysis);
      if (finding && !findings.some((other) => isSame(other, finding))) findings.push(finding);
    },
  };
}

function findingOf(rule: Rule, report: Report<string>, versions: Versions, { script, config }: Analysis): Finding | undefined {
  if (!script.flow.runs(report.at.start)) return undefined;
  if ([report.raises ?? []].flat().some((exception) => script.flow.isCaught(report.at.start, exception))) return undefined;
  if (versions.isImpossible) return undefined;
  const holds = versions.holds(report.when);
  if (holds === "never") return undefined;
  const message = holds === "sometimes" ? (report.unsure ?? report.message) : report.message;
  const severity = report.severity ?? rule.severity;
  return {
    rule: rule.id,
    severity: chosenSeverity(rule, config) ?? (holds === "sometimes" && severity === "error" ? "warning" : severity),
    message: fillMessage(rule.messages[message] ?? message, report.data ?? {}),
    range: report.at,
    related: report.related ?? [],
    tags: report.tags ?? [],
    fixes: report.fixes ?? [],
  };
}

function chosenSeverity(rule: Rule, config: Configuration): Severity | undefined {
  const library = rule.id.slice(0, rule.id.indexOf("/"));
  return config.severity[rule.id] ?? config.severity[library] ?? config.severity["ALL"];
}

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.range.start === b.range.start && a.range.end === b.range.end && a.message === b.message;
}

function byPlace(a: Finding, b: Finding): number {
  return a.range.start - b.range.start || a.range.end - b.range.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
