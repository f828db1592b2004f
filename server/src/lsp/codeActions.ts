/**
 * `textDocument/codeAction`, from nothing but the diagnostics that the client sends along: their `data` holds the fixes. When the document
 * has moved on since, the findings are computed again and the same one is looked for.
 */
import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { Edit, Finding, Fix, RuleId } from "../analysis/finding.js";
import type { Configuration } from "../config/configuration.js";
import { fixAll, smallestEdit } from "../features/fixAll.js";
import { ignoreLine } from "../features/ignoreLine.js";
import { FIX_ALL_KIND, SHOW_DOCUMENTATION, type ClientCapabilities } from "./capabilities.js";
import type { Checker } from "./checker.js";
import { readDiagnosticData, SOURCE, spanOf, textEditOf } from "./conversion.js";
import type { OpenDocument } from "./document.js";

export interface CodeActionRequest {
  readonly params: CodeActionParams;
  readonly document: OpenDocument;
  readonly config: Configuration;
  readonly checker: Checker;
  readonly client: ClientCapabilities;
}

/** The order in which a person wants them: what repairs, what changes, what asks, what excuses, what explains. */
const ORDER: Readonly<Record<Fix["safety"], number>> = { safe: 0, unsafe: 1, placeholder: 2 };

export function codeActions(request: CodeActionRequest): CodeAction[] {
  const { params } = request;
  const wanted = (kind: string): boolean => params.context.only === undefined || params.context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (wanted(CodeActionKind.QuickFix)) actions.push(...quickFixes(request));
  // Source actions are computed on demand only: an editor asks for them by kind when it saves.
  if (params.context.only !== undefined && wanted(FIX_ALL_KIND)) actions.push(...fixAllAction(request));
  return actions;
}

function quickFixes(request: CodeActionRequest): CodeAction[] {
  const { params, document, client } = request;
  const own = params.context.diagnostics.filter((diagnostic) => diagnostic.source === SOURCE && typeof diagnostic.code === "string" && diagnostic.code.includes("/"));
  const fixes: { order: number; action: CodeAction }[] = [];
  for (const diagnostic of own) {
    for (const fix of currentFixes(diagnostic, request)) {
      if (fix.safety === "placeholder" && !(client.snippetEdits && client.documentChanges)) continue;
      fixes.push({ order: ORDER[fix.safety], action: fixAction(fix, diagnostic, document) });
    }
  }
  fixes.sort((a, b) => a.order - b.order);
  return [
    ...fixes.map(({ action }) => action),
    ...own.map((diagnostic) => ignoreAction(diagnostic, request)),
    ...(client.showsDocumentation ? uniqueRules(own).map((rule) => documentationAction(rule, own)) : []),
  ];
}

/** A diagnostic's fixes for the text as it is now. */
function currentFixes(diagnostic: Diagnostic, { document, config, checker }: CodeActionRequest): readonly Fix[] {
  const data = readDiagnosticData(diagnostic.data);
  if (data?.version === document.version) return data.fixes;
  const { start } = spanOf(document.lines, diagnostic.range);
  const same = checker.findings({ document, config }).filter((finding) => finding.rule === diagnostic.code);
  const nearest = same.sort((a, b) => Math.abs(a.range.start - start) - Math.abs(b.range.start - start))[0];
  return nearest?.fixes ?? [];
}

function fixAction(fix: Fix, diagnostic: Diagnostic, document: OpenDocument): CodeAction {
  const edit = fix.safety === "placeholder" ? snippetEdit(document, fix.edits) : plainEdit(document, fix.edits);
  return { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit, ...(fix.safety === "safe" ? { isPreferred: true } : {}) };
}

function plainEdit(document: OpenDocument, edits: readonly Edit[]): WorkspaceEdit {
  const changes: TextEdit[] = edits.map((edit) => textEditOf(document.lines, edit));
  return { changes: { [document.uri]: changes } };
}

/** A place to fill in: the editor puts the cursor on it. */
function snippetEdit(document: OpenDocument, edits: readonly Edit[]): WorkspaceEdit {
  const snippets: SnippetTextEdit[] = edits.map((edit) => ({ range: textEditOf(document.lines, edit).range, snippet: { kind: "snippet", value: edit.newText } }));
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: snippets }] };
}

function ignoreAction(diagnostic: Diagnostic, { document, checker }: CodeActionRequest): CodeAction {
  const rule = String(diagnostic.code);
  const edit = ignoreLine(checker.script(document).tree, spanOf(document.lines, diagnostic.range).start, rule);
  return { title: `Ignore ${rule} on this line`, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit: plainEdit(document, [edit]) };
}

function uniqueRules(diagnostics: readonly Diagnostic[]): RuleId[] {
  return [...new Set(diagnostics.map((diagnostic) => String(diagnostic.code)))];
}

function documentationAction(rule: RuleId, diagnostics: readonly Diagnostic[]): CodeAction {
  const title = `Show documentation of ${rule}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnostics.filter((diagnostic) => diagnostic.code === rule),
    command: { title, command: SHOW_DOCUMENTATION, arguments: [rule] },
  };
}

function fixAllAction({ document, config, checker }: CodeActionRequest): CodeAction[] {
  const check = (text: string): Finding[] => checker.findingsOf(text, config);
  const { text, applied } = fixAll(document.text, check);
  const edit = smallestEdit(document.text, text);
  if (!edit) return [];
  return [{ title: `Fix ${applied === 1 ? "the problem" : `all ${applied} problems`} that HF Preflight can fix safely`, kind: FIX_ALL_KIND, edit: plainEdit(document, [edit]) }];
}
