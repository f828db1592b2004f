/** `textDocument/inlayHint`: what a script's numbers amount to. */
import { MarkupKind, type InlayHint, type InlayHintParams } from "vscode-languageserver/node";
import { inlayHintsIn } from "../../features/inlayHints.js";
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
  return inlayHintsIn(checker.script(document), spanOf(lines, params.range), inlayHints).map(({ offset, label, tooltip }) => ({
    position: lines.positionAt(offset),
    label,
    tooltip: { kind: MarkupKind.PlainText, value: tooltip },
    paddingLeft: true,
  }));
}
