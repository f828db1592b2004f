/**
 * `# hf-preflight: ignore[rule-id, ...]` at the end of a line or alone above a statement, and `# hf-preflight: ignore-file[...]`.
 *
 * A suppression that suppresses nothing is a finding itself (`hf-preflight/unused-ignore`): it hides the next mistake of its kind.
 */
import type { Configuration } from "../config/configuration.js";
import type { Script } from "../script/script.js";
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Kind } from "../syntax/kind.js";
import { LineIndex, type Span } from "../syntax/text.js";
import { isEnabled } from "./enabledRules.js";
import type { Edit, Finding } from "./finding.js";
import type { Rule } from "./rule.js";

export const UNUSED_IGNORE = "hf-preflight/unused-ignore";

/** One rule id (or library, or `ALL`) of one suppression comment. */
export interface Suppression {
  /** The id as written. */
  readonly selector: string;
  /** Where the id is written. */
  readonly span: Span;
  /** The part of the text that it covers. */
  readonly covers: Span;
}

/** A suppression comment with its ids. */
export interface SuppressionComment {
  readonly span: Span;
  /** The directive alone: other words may stand before it in the same comment. */
  readonly directive: Span;
  readonly scope: "line" | "file";
  readonly suppressions: readonly Suppression[];
}

const DIRECTIVE = /hf-preflight:\s*(ignore-file|ignore)\s*(?:\[([^\]]*)\])?/g;

/** The suppression comments of a script. A bare `ignore` without ids suppresses nothing: it would hide what nobody has seen yet. */
export function suppressionsOf(tree: FlatTree): SuppressionComment[] {
  if (!tree.text.includes("hf-preflight:")) return [];
  const lines = new LineIndex(tree.text);
  const comments: SuppressionComment[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind(node) !== Kind.comment) continue;
    const text = tree.textOf(node);
    for (const match of text.matchAll(DIRECTIVE)) {
      const scope = match[1] === "ignore-file" ? "file" : "line";
      const covers = scope === "file" ? { start: 0, end: tree.text.length } : covered(tree, node, lines);
      const directive = { start: tree.start(node) + match.index, end: tree.start(node) + match.index + match[0].length };
      const list = match[2] ?? "";
      const listStart = directive.start + match[0].indexOf("[") + 1;
      const suppressions: Suppression[] = [];
      let offset = 0;
      for (const piece of list.split(",")) {
        const selector = piece.trim();
        const start = listStart + offset + (piece.length - piece.trimStart().length);
        if (selector !== "") suppressions.push({ selector, span: { start, end: start + selector.length }, covers });
        offset += piece.length + 1;
      }
      comments.push({ span: tree.span(node), directive, scope, suppressions });
    }
  }
  return comments;
}

/** A comment at the end of a line covers the lines of the statement part before it; one alone on its line covers the statement below. */
function covered(tree: FlatTree, comment: Node, lines: LineIndex): Span {
  const start = tree.start(comment);
  const line = lines.lineOf(start);
  const alone = tree.text.slice(lines.lineStart(line), start).trim() === "";
  if (!alone) return { start: lines.lineStart(line), end: lines.lineEnd(line) };
  const statement = nextStatement(tree, comment);
  if (statement === NO_NODE) return { start, end: start };
  return { start: tree.start(statement), end: headerEnd(tree, statement) };
}

function nextStatement(tree: FlatTree, comment: Node): Node {
  const start = tree.start(comment);
  for (let node = comment + 1; node < tree.size; node++) {
    const parent = tree.kind(tree.parent(node));
    const isStatement = parent === Kind.block || parent === Kind.module;
    if (isStatement && tree.kind(node) !== Kind.comment && tree.kind(node) !== Kind.block && tree.start(node) > start) return node;
    // Inside a call or a literal that goes over several lines the comment covers the next entry.
    if (tree.parent(node) === tree.parent(comment) && tree.kind(node) !== Kind.comment && tree.start(node) > start) return node;
  }
  return NO_NODE;
}

/** A compound statement is covered up to its body, any other to its end. */
function headerEnd(tree: FlatTree, statement: Node): number {
  for (let node = statement + 1; node < tree.subtreeEnd(statement); node++) {
    if (tree.kind(node) === Kind.block) return tree.start(node);
  }
  return tree.end(statement);
}

/** Takes out what is suppressed, and adds a finding for each suppression that was of no use. */
export function applySuppressions(
  findings: readonly Finding[],
  { script, rules, config }: { readonly script: Script; readonly rules: readonly Rule[]; readonly config: Configuration },
): Finding[] {
  const comments = suppressionsOf(script.tree);
  if (comments.length === 0) return [...findings];
  const used = new Set<Suppression>();
  const kept = findings.filter((finding) => {
    let isSuppressed = false;
    for (const { suppressions } of comments) {
      for (const suppression of suppressions) {
        if (!names(suppression.selector, finding.rule) || !covers(suppression.covers, finding.range)) continue;
        used.add(suppression);
        isSuppressed = true;
      }
    }
    return !isSuppressed;
  });
  const own = rules.find((rule) => rule.id === UNUSED_IGNORE);
  if (own && !isEnabled(own, config)) return kept;
  for (const comment of comments) {
    for (const suppression of comment.suppressions) {
      if (used.has(suppression)) continue;
      const isKnown = suppression.selector === "ALL" || rules.some((rule) => names(suppression.selector, rule.id));
      // A rule that is switched off could not have spoken; then nothing is known about its suppression.
      const couldSpeak = !isKnown || rules.some((rule) => names(suppression.selector, rule.id) && isEnabled(rule, config));
      if (couldSpeak) kept.push(unused(script, comment, suppression, isKnown));
    }
    if (comment.suppressions.length === 0) kept.push(empty(comment));
  }
  return kept;
}

function names(selector: string, rule: string): boolean {
  return selector === "ALL" || selector === rule || rule.startsWith(`${selector}/`);
}

function covers(span: Span, range: Span): boolean {
  return span.start <= range.start && range.start <= span.end;
}

function unused(script: Script, comment: SuppressionComment, suppression: Suppression, isKnown: boolean): Finding {
  const { selector } = suppression;
  return {
    rule: UNUSED_IGNORE,
    severity: "warning",
    message: isKnown
      ? `This comment ignores \`${selector}\`, which finds nothing here. Remove it, so that it can't hide a later mistake.`
      : `\`${selector}\` is no rule of HF Preflight, so this comment ignores nothing. \`hf-preflight rule --all\` lists the rules.`,
    range: suppression.span,
    related: [],
    tags: ["unnecessary"],
    fixes: [{ title: `Remove \`${selector}\` from the comment`, safety: "safe", edits: [removal(script, comment, suppression)] }],
  };
}

function empty(comment: SuppressionComment): Finding {
  return {
    rule: UNUSED_IGNORE,
    severity: "warning",
    message: "This comment names no rule, so it ignores nothing. Write `# hf-preflight: ignore[rule-id]`.",
    range: comment.directive,
    related: [],
    tags: [],
    fixes: [],
  };
}

/** Takes one id out of a comment, or the whole directive with it, or the whole comment where nothing else is in it. */
function removal(script: Script, comment: SuppressionComment, suppression: Suppression): Edit {
  const { text } = script;
  if (comment.suppressions.length > 1) {
    const index = comment.suppressions.indexOf(suppression);
    const previous = comment.suppressions[index - 1];
    const next = comment.suppressions[index + 1];
    if (previous) return { start: previous.span.end, end: suppression.span.end, newText: "" };
    return { start: suppression.span.start, end: next?.span.start ?? suppression.span.end, newText: "" };
  }
  const others = text.slice(comment.span.start, comment.directive.start) + text.slice(comment.directive.end, comment.span.end);
  if (others.replace(/[#\s]/g, "") !== "") return { ...comment.directive, newText: "" };
  let { start } = comment.span;
  let { end } = comment.span;
  while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start--;
  const alone = start === 0 || /[\r\n]/.test(text.charAt(start - 1));
  if (alone) end += /^(\r\n|\n|\r)?/.exec(text.slice(end))?.[0].length ?? 0;
  return { start, end, newText: "" };
}
