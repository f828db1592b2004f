/** Edits by offset as the protocol's workspace edits. */
import type { SnippetTextEdit, WorkspaceEdit } from "vscode-languageserver/node";
import { pathToFileURL } from "node:url";
import type { Edit } from "../analysis/finding.js";
import type { ReadFile } from "../analysis/scriptFile.js";
import { LineIndex } from "../syntax/text.js";
import type { ClientCapabilities } from "./clientCapabilities.js";
import { rangeOf } from "./conversion.js";
import type { OpenDocument } from "./openDocument.js";

/** With the document's version where the client takes it: then an edit for an older text is refused instead of misplaced. */
export function plainEdit(document: OpenDocument, edits: readonly Edit[], client: Pick<ClientCapabilities, "documentChanges">): WorkspaceEdit {
  const { lines, uri, version } = document;
  const changes = edits.map((edit) => ({ range: rangeOf(lines, edit), newText: edit.newText }));
  return client.documentChanges ? { documentChanges: [{ textDocument: { uri, version }, edits: changes }] } : { changes: { [uri]: changes } };
}

/** Of a file that a script names. Its version is the client's to know: it may not be open. */
export function fileEdit({ path, text }: ReadFile, edits: readonly Edit[], client: Pick<ClientCapabilities, "documentChanges">): WorkspaceEdit {
  const uri = pathToFileURL(path).href;
  const lines = new LineIndex(text);
  const changes = edits.map((edit) => ({ range: rangeOf(lines, edit), newText: edit.newText }));
  return client.documentChanges ? { documentChanges: [{ textDocument: { uri, version: null }, edits: changes }] } : { changes: { [uri]: changes } };
}

/** A place to fill in: the editor puts the cursor on it. Only for clients with snippet edits. */
export function snippetEdit({ lines, uri, version }: OpenDocument, edits: readonly Edit[]): WorkspaceEdit {
  const snippets = edits.map((edit): SnippetTextEdit => ({ range: rangeOf(lines, edit), snippet: { kind: "snippet", value: edit.newText } }));
  return { documentChanges: [{ textDocument: { uri, version }, edits: snippets }] };
}
