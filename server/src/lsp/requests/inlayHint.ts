/** `textDocument/inlayHint`: what a script's numbers amount to. */
import { MarkupKind, type InlayHint, type InlayHintParams } from "vscode-languageserver/node";
import { inlayHintsIn } from "../../features/inlayHints.js";
import { evaluationCounts } from "../../rules/simpletransformers/evaluationCounts.js";
import { spanOf } from "../conversion.js";
import type { Session } from "../session.js";

export async function inlayHint({ checker, configurations, documents }: Session, params: InlayHintParams): Promise<InlayHint[]> {
  const { uri } = params.textDocument;
  const config = await configurations.of(uri);
  const document = documents.get(uri);
  if (!document || !config || !checker.isChecked(document)) return [];
  const { inlayHints } = await configurations.editorSettings(uri);
  if (inlayHints.size === 0) return [];
  const { lines } = document;
  const script = checker.script(document);
  const range = spanOf(lines, params.range);
  const counts = inlayHints.has("evaluations") ? evaluationCounts(script).filter(({ offset }) => range.start <= offset && offset <= range.end) : [];
  return [...inlayHintsIn(script, range, inlayHints), ...counts].map(({ offset, label, tooltip }) => ({
    position: lines.positionAt(offset),
    label,
    tooltip: { kind: MarkupKind.PlainText, value: tooltip },
    paddingLeft: true,
  }));
}
