/** What a hover says about a rule: on a finding, or on its id in a suppression comment. */
import type { Finding, RuleId } from "../analysis/finding.js";
import type { Rule } from "../analysis/rule.js";
import { suppressionsOf } from "../analysis/suppression.js";
import type { FlatTree } from "../syntax/flatTree.js";
import type { Span } from "../syntax/text.js";
import { rulePage } from "./rulePage.js";

export interface RuleHover {
  readonly range: Span;
  readonly markdown: string;
}

export function ruleHoverAt(tree: FlatTree, offset: number, findings: readonly Finding[], rules: readonly Rule[]): RuleHover | undefined {
  for (const comment of suppressionsOf(tree)) {
    for (const { selector, span } of comment.suppressions) {
      if (contains(span, offset)) return hoverOf(selector, span, rules);
    }
  }
  const finding = findings.find(({ range }) => contains(range, offset));
  return finding && hoverOf(finding.rule, finding.range, rules);
}

function hoverOf(id: RuleId, range: Span, rules: readonly Rule[]): RuleHover | undefined {
  const rule = rules.find((each) => each.id === id);
  if (!rule) return undefined;
  return { range, markdown: `**${rule.id}**: ${rule.docs.summary}\n\n${rule.docs.why}\n\n[Documentation](${rulePage(rule.id)})` };
}

function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
