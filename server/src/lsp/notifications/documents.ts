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
  documents.onDidChangeContent(({ document }) => {
    const session = current();
    session?.namedFiles.documentChanged(document);
    // A configuration that was opened beside its script has no findings of its own; an empty list would take away the script's.
    if (document.languageId === "python" || session?.namedFiles.isNamed(document) === false) session?.push?.schedule(document);
  });
  documents.onDidSave(() => {
    const session = current();
    // Nobody tells this client's server about configuration files; saving is when somebody expects an answer.
    if (session && !session.client.watchesFiles) session.refresh();
  });
  documents.onDidClose(({ document }) => {
    const session = current();
    session?.checker.forget(document);
    session?.namedFileProblems.forget(document);
    if (session?.namedFiles.isNamed(document) === true) session.namedFiles.documentChanged(document);
    else session?.push?.close(document);
  });
}
