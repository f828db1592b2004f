/** `textDocument/didOpen`, `didChange`, `didSave` and `didClose`. Nothing is checked here; pushing clients get a timer. */
import { TextDocuments } from "vscode-languageserver/node";
import { OpenDocument } from "../openDocument.js";
import type { Session } from "../session.js";

/** Documents whose text and tree follow the editor edit by edit. */
export function openDocuments(): TextDocuments<OpenDocument> {
  return new TextDocuments<OpenDocument>({
    create: (uri, languageId, version, text) => new OpenDocument(uri, languageId, version, text),
    update: (document, changes, version) => document.apply(changes, version),
  });
}

/** @param current the session, once there is one: no document comes before `initialize`. */
export function followDocuments(documents: TextDocuments<OpenDocument>, current: () => Session | undefined): void {
  documents.onDidChangeContent(({ document }) => current()?.push?.schedule(document));
  documents.onDidSave(() => {
    const session = current();
    // Nobody tells this client's server about configuration files; saving is when somebody expects an answer.
    if (session && !session.client.watchesFiles) session.refresh();
  });
  documents.onDidClose(({ document }) => {
    current()?.checker.forget(document);
    current()?.push?.close(document);
  });
}
