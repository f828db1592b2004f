/** `hfPreflight/memoryRemedies`: what could be changed in a script whose run ran out of GPU memory. */
import type { WorkspaceEdit } from "vscode-languageserver/node";
import { memoryRemedies as remediesIn } from "../../features/memoryRemedies.js";
import { memoryRemediesParams } from "../protocol/memoryRemedies.js";
import type { Session } from "../session.js";
import { plainEdit } from "../workspaceEdit.js";

export function memoryRemedies({ checker, client, documents }: Session, sent: unknown): { title: string; edit: WorkspaceEdit }[] {
  const params = memoryRemediesParams.safeParse(sent);
  const document = params.success ? documents.get(params.data.uri) : undefined;
  if (!params.success || !document || !checker.isChecked(document)) return [];
  return remediesIn(checker.script(document), params.data.phase).map(({ title, edits }) => ({ title, edit: plainEdit(document, edits, client) }));
}
