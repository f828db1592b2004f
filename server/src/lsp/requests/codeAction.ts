/**
 * `textDocument/codeAction`, from nothing but the diagnostics that the client sends along: their `data` holds the fixes. When the document
 * has moved on since, the findings are computed again and the same one is looked for.
 */
import { CodeActionKind, CodeActionTriggerKind, type CodeAction, type CodeActionParams, type Diagnostic, type WorkspaceEdit } from "vscode-languageserver/node";
import type { Finding, Fix, RuleId } from "../../analysis/finding.js";
import { UNUSED_IGNORE } from "../../analysis/suppression.js";
import type { Configuration } from "../../config/configuration.js";
import { fixAll } from "../../features/fixAll.js";
import { ignoreLine } from "../../features/ignoreLine.js";
import { SHOW_DOCUMENTATION, type ClientCapabilities } from "../clientCapabilities.js";
import { readDiagnosticData, SOURCE, spanOf } from "../conversion.js";
import type { OpenDocument } from "../openDocument.js";
import type { Session } from "../session.js";
import { fileEdit, plainEdit, snippetEdit } from "../workspaceEdit.js";

export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.hf-preflight`;

/** The order in which a person wants them: what repairs, what changes, what asks. Then what excuses and what explains. */
const ORDER: Readonly<Record<Fix["safety"], number>> = { safe: 0, unsafe: 1, placeholder: 2 };

/** One of our diagnostics as the client sent it back, and its finding in the text as it is now. */
interface Reported {
  readonly rule: RuleId;
  readonly diagnostic: Diagnostic;
  /** Where the finding begins now. */
  readonly start: number;
  readonly fixes: readonly Fix[];
}

interface Request {
  readonly session: Session;
  readonly document: OpenDocument;
  readonly config: Configuration;
  readonly reported: readonly Reported[];
}

export async function codeAction(session: Session, { textDocument: { uri }, context }: CodeActionParams): Promise<CodeAction[]> {
  const config = await session.configurations.of(uri);
  const document = session.documents.get(uri);
  if (!config || !document || !session.client.codeActions || !session.checker.isChecked(document)) return [];
  const { only } = context;
  const reported = context.diagnostics.flatMap((diagnostic) => current(diagnostic, document, (rule) => findingsOf(rule, session, document, config)) ?? []);
  const request = { session, document, config, reported };
  const actions: CodeAction[] = [];
  if (!only || only.some((kind) => includes(kind, CodeActionKind.QuickFix))) actions.push(...quickFixes(request));
  // It costs some checks, so it isn't worked out for each move of the cursor.
  const isFixAllWanted = only ? only.some((kind) => includes(kind, FIX_ALL_KIND)) : request.reported.length > 0 && context.triggerKind !== CodeActionTriggerKind.Automatic;
  if (isFixAllWanted) actions.push(...fixAllAction(request));
  return actions;
}

/** Whether the wanted kind of action is this one or one above it: `source.fixAll` asks for `source.fixAll.hf-preflight` too. */
function includes(wanted: string, kind: string): boolean {
  return wanted === "" || wanted === kind || kind.startsWith(`${wanted}.`);
}

/** Undefined for the diagnostics of others, and when the finding is gone. */
function current(diagnostic: Diagnostic, document: OpenDocument, findings: (rule: RuleId) => readonly Finding[]): Reported | undefined {
  const { code: rule, source } = diagnostic;
  if (source !== SOURCE || typeof rule !== "string" || !rule.includes("/")) return undefined;
  const { start } = spanOf(document.lines, diagnostic.range);
  const data = readDiagnosticData(diagnostic.data);
  if (data?.version === document.version && data.isElsewhere !== true) return { rule, diagnostic, start, fixes: data.fixes };
  const distance = ({ range }: Finding): number => Math.abs(range.start - start);
  const nearest = [...findings(rule)].sort((a, b) => distance(a) - distance(b))[0];
  return nearest && { rule, diagnostic, start: nearest.range.start, fixes: nearest.fixes };
}

function findingsOf(rule: RuleId, { checker }: Session, document: OpenDocument, config: Configuration): readonly Finding[] {
  return checker.findings(document, config).filter((finding) => finding.rule === rule);
}

function quickFixes(request: Request): CodeAction[] {
  const { client } = request.session;
  const fixes = request.reported
    .flatMap((reported) => reported.fixes.map((fix) => ({ fix, reported })))
    .filter(({ fix }) => fix.safety !== "placeholder" || client.snippetEdits)
    .sort((a, b) => ORDER[a.fix.safety] - ORDER[b.fix.safety])
    .map(({ fix, reported }) => fixAction(fix, reported, request));
  const ignores = request.reported.flatMap((reported) => ignoreAction(reported, request));
  return [...fixes, ...ignores, ...(client.showsDocumentation ? documentationActions(request) : [])];
}

function fixAction(fix: Fix, { diagnostic }: Reported, { session: { client }, document }: Request): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(fix.safety === "safe" ? { isPreferred: true } : {}),
    edit: editOf(fix, document, client),
  };
}

function editOf({ safety, edits, file }: Fix, document: OpenDocument, client: ClientCapabilities): WorkspaceEdit {
  if (file) return fileEdit(file, edits, client);
  return safety === "placeholder" ? snippetEdit(document, edits) : plainEdit(document, edits, client);
}

function ignoreAction({ rule, diagnostic, start }: Reported, { session: { checker, client }, document }: Request): CodeAction[] {
  // A comment that excuses a useless comment would be one more.
  if (rule === UNUSED_IGNORE) return [];
  const edit = ignoreLine(checker.script(document).tree, start, rule);
  if (!edit) return [];
  return [{ title: `Ignore ${rule} on this line`, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit: plainEdit(document, [edit], client) }];
}

/** One per rule, however many findings it has here. */
function documentationActions({ reported }: Request): CodeAction[] {
  return [...new Set(reported.map(({ rule }) => rule))].map((rule) => {
    const title = `Show documentation of ${rule}`;
    const diagnostics = reported.filter((each) => each.rule === rule).map(({ diagnostic }) => diagnostic);
    return { title, kind: CodeActionKind.QuickFix, diagnostics, command: { title, command: SHOW_DOCUMENTATION, arguments: [rule] } };
  });
}

function fixAllAction({ session: { checker, client }, document, config }: Request): CodeAction[] {
  const isFixable = checker.findings(document, config).some(({ fixes }) => fixes.some(({ safety }) => safety === "safe"));
  if (!isFixable) return [];
  const { edits } = fixAll(document.text, (text) => checker.findingsOf(text, document, config));
  if (edits.length === 0) return [];
  return [{ title: "Fix all safe HF Preflight problems", kind: FIX_ALL_KIND, edit: plainEdit(document, edits, client) }];
}
